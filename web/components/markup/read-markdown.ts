import markdownIt, { type Token } from 'markdown-it';

import { MAX_MARKDOWN, MAX_MARKDOWN_ELEMENTS, MAX_MARKDOWN_NESTING, MAX_TEXT } from '../../lib/viewer-bounds.ts';
import { withFormulas } from './formula-rules.ts';
import { countElements, element, type Markup, type Tag } from './markup.ts';

export interface MarkdownReaders {
  /** Renders a TeX formula; without it formulas are shown as source. */
  readonly formula?: (source: string, isBlock: boolean) => Markup | null;
  /** Maps heading levels; without it the text's own levels are used. */
  readonly heading?: (level: number) => Tag;
  /** Marks the tokens of a block of code; null where its language is not known. */
  readonly code?: (source: string, language: string) => readonly Markup[] | null;
  /** The address from which an image may be loaded; null if it is only linked. */
  readonly image?: (address: string) => string | null;
}

/** Raw HTML stays text. */
const parser = withFormulas(
  markdownIt({ html: false, linkify: true, breaks: false, maxNesting: MAX_MARKDOWN_NESTING }),
);
// "file.py" is not a link.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const TAGS: ReadonlySet<string> = new Set<Tag>([
  'p',
  'ul',
  'ol',
  'li',
  'blockquote',
  'em',
  'strong',
  's',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
]);

const isTag = (name: string): name is Tag => TAGS.has(name);

const HEADINGS = ['h3', 'h4', 'h5', 'h6'] as const;

/** Puts headings below those of the page, each at most one level below the one before, as screen readers expect. */
export const headingLevels = (): ((level: number) => Tag) => {
  let last = 0;
  return (level) => {
    last = Math.min(level, last + 1, HEADINGS.length);
    return HEADINGS[last - 1] ?? 'h6';
  };
};

const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address);

const link = (address: string, children: readonly Markup[]): Markup =>
  isWebAddress(address)
    ? element('a', children, { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' })
    : element('span', children);

/** External images are shown as links, so that the reader decides whether to load them. */
const image = (token: Token, readers: MarkdownReaders): Markup => {
  const address = String(token.attrGet('src') ?? '');
  const source = readers.image?.(address) ?? null;
  if (source !== null)
    return element('img', [], { src: source, alt: token.content || 'Image', className: 'atmo-image' });
  return link(address, [token.content === '' ? 'Image' : `Image: ${token.content}`]);
};

const formula = ({ content, type }: Token, readers: MarkdownReaders): Markup => {
  const isBlock = type === 'formula_block';
  const read = readers.formula?.(content, isBlock) ?? element('code', [content.trim()]);
  return isBlock ? element('div', [read], { className: 'atmo-formula', role: 'group', 'aria-label': 'Formula' }) : read;
};

const leaf = (token: Token, readers: MarkdownReaders): Markup => {
  switch (token.type) {
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return element('br');
    case 'hr':
      return element('hr');
    case 'code_inline':
      return element('code', [token.content]);
    case 'fence':
    case 'code_block':
      return element('pre', [
        element('code', readers.code?.(token.content, token.info.trim().toLowerCase()) ?? [token.content]),
      ]);
    case 'image':
      return image(token, readers);
    case 'formula_inline':
    case 'formula_block':
      return formula(token, readers);
    default:
      return token.content;
  }
};

const opened = (token: Token, children: readonly Markup[], heading: (level: number) => Tag): Markup => {
  if (token.type === 'heading_open') return element(heading(Number(token.tag.slice(1))), children);
  if (token.type === 'link_open') return link(String(token.attrGet('href') ?? ''), children);
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
  const start = token.attrGet('start');
  return element(isTag(token.tag) ? token.tag : 'span', children, {
    ...(align === undefined ? {} : { align }),
    ...(start === null ? {} : { start: Number(start) }),
  });
};

interface Open {
  readonly token: Token | null;
  readonly children: Markup[];
}

/** Builds a tree from the flat token list by its opening and closing tokens. */
const treeOf = (tokens: readonly Token[], readers: MarkdownReaders): { markup: readonly Markup[]; isCut: boolean } => {
  const heading = readers.heading ?? headingLevels();
  const root: Open = { token: null, children: [] };
  const path = [root];
  let elements = 0;
  const close = (): void => {
    const done = path.length > 1 ? path.pop() : undefined;
    if (done?.token === undefined || done.token === null) return;
    (path.at(-1) ?? root).children.push(opened(done.token, done.children, heading));
  };
  const add = (some: readonly Token[]): boolean =>
    some.every((token) => {
      if (token.hidden || (token.type === 'text' && token.content === '')) return true;
      if (token.type === 'inline') return add(token.children ?? []);
      if (token.nesting === -1) {
        close();
        return true;
      }
      const made = token.nesting === 1 ? null : leaf(token, readers);
      elements += made === null ? 1 : countElements([made]);
      if (elements > MAX_MARKDOWN_ELEMENTS) return false;
      if (made === null) path.push({ token, children: [] });
      else (path.at(-1) ?? root).children.push(made);
      return true;
    });
  const isWhole = add(tokens);
  while (path.length > 1) close();
  return { markup: root.children, isCut: !isWhole };
};

const CUT = element('p', [element('em', ['The rest of this text is not shown here.'])]);

/** Markdown as elements; a text that is too long stays unformatted. */
export const readMarkdown = (text: string, readers: MarkdownReaders = {}): readonly Markup[] => {
  if (text.length > MAX_MARKDOWN) return [element('pre', [text.slice(0, MAX_TEXT)]), CUT];
  const { markup, isCut } = treeOf(parser.parse(text, {}), readers);
  return isCut ? [...markup, CUT] : markup;
};
