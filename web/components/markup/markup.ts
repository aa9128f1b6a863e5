type TextTag =
  | 'p'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'ul'
  | 'ol'
  | 'li'
  | 'blockquote'
  | 'pre'
  | 'code'
  | 'em'
  | 'strong'
  | 's'
  | 'hr'
  | 'br'
  | 'span'
  | 'div'
  | 'a'
  | 'img'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td';

/** MathML Core, without links and without elements that embed other content. */
export const MATH_TAGS = [
  ...(['math', 'mrow', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mfrac', 'msqrt', 'mroot', 'mstyle'] as const),
  ...(['mpadded', 'mphantom', 'msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mmultiscripts'] as const),
  ...(['mprescripts', 'mtable', 'mtr', 'mtd', 'menclose'] as const),
] as const;

export type Tag = TextTag | (typeof MATH_TAGS)[number];

/** An element of an untrusted text. Only what is listed here can be rendered; it is never a string of HTML. */
export interface MarkupElement {
  readonly tag: Tag;
  readonly children: readonly Markup[];
  readonly properties?: Readonly<Record<string, string | number>>;
  readonly style?: Readonly<Record<string, string>>;
}

export type Markup = string | MarkupElement;

export const element = (
  tag: Tag,
  children: readonly Markup[] = [],
  properties: MarkupElement['properties'] = {},
): MarkupElement => ({ tag, children, properties });

export const countElements = (markup: readonly Markup[]): number =>
  markup.reduce((sum, each) => sum + 1 + (typeof each === 'string' ? 0 : countElements(each.children)), 0);
