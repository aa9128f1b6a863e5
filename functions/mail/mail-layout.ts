import { escapeHtml } from '../runtime/escape-html.ts';

/** A mail's content, ready to be laid out: printable, not yet escaped. */
export interface MailContent {
  readonly portal: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly links: readonly (readonly [label: string, url: string])[];
  /** Why the mail came, and from where. */
  readonly footer: string;
}

/** Columns of a line of text, which mail programs show without wrapping it again. */
const LINE = 76;

/** Wraps at spaces; a longer word keeps a line of its own. */
const wrapped = (text: string): string => {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > LINE) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
};

/** Plain text: what happened, its facts one a line, where to go, and who sent it. */
export const textLayout = ({ paragraphs, facts, links, footer }: MailContent): string =>
  [
    ...paragraphs.map(wrapped),
    ...(facts.length === 0 ? [] : [facts.map(([name, value]) => `${name}: ${value}`).join('\n')]),
    ...links.map(([label, url]) => `${label}:\n${url}`),
    `--\n${wrapped(footer)}`,
  ].join('\n\n') + '\n';

/** Mail programs know neither style sheets nor flexible boxes: inline styles and tables alone work everywhere. */
const STYLES = {
  page: 'margin: 0; padding: 24px 12px; background: #f2f3f5; color: #16191f; font: 15px/1.5 Arial, Helvetica, sans-serif',
  sheet: 'max-width: 600px; margin: 0 auto; background: #ffffff; border-radius: 8px; border-collapse: separate',
  portal: 'padding: 20px 28px 0; color: #5f6b7a; font-size: 13px',
  title: 'margin: 4px 0 0; color: #16191f; font-size: 20px; line-height: 1.3',
  content: 'padding: 8px 28px 20px',
  name: 'padding: 4px 16px 4px 0; color: #5f6b7a; text-align: left; vertical-align: top; font-weight: normal; white-space: nowrap',
  value: 'padding: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere',
  action:
    'display: inline-block; padding: 8px 20px; border-radius: 20px; background: #0068d6; color: #ffffff; font-weight: bold; text-decoration: none',
  link: 'color: #0068d6',
  footer: 'padding: 14px 28px; border-top: 1px solid #d5dbdb; color: #5f6b7a; font-size: 12px',
} as const;

const factRows = (facts: MailContent['facts']): readonly string[] =>
  facts.length === 0
    ? []
    : [
        '<table role="presentation" style="margin: 8px 0">',
        ...facts.map(
          ([name, value]) =>
            `<tr><th scope="row" style="${STYLES.name}">${escapeHtml(name)}</th><td style="${STYLES.value}">${escapeHtml(value)}</td></tr>`,
        ),
        '</table>',
      ];

/** HTML of one column, whose first link is what the mail asks for. */
export const htmlLayout = ({ portal, title, paragraphs, facts, links, footer }: MailContent): string =>
  [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title></head>`,
    `<body style="${STYLES.page}">`,
    `<table role="presentation" width="100%" style="${STYLES.sheet}">`,
    `<tr><td style="${STYLES.portal}">${escapeHtml(portal)}<h1 style="${STYLES.title}">${escapeHtml(title)}</h1></td></tr>`,
    `<tr><td style="${STYLES.content}">`,
    ...paragraphs.map((paragraph) => `<p style="margin: 8px 0">${escapeHtml(paragraph)}</p>`),
    ...factRows(facts),
    ...links.map(
      ([label, url], position) =>
        `<p style="margin: 12px 0"><a href="${escapeHtml(url)}" style="${position === 0 ? STYLES.action : STYLES.link}">${escapeHtml(label)}</a></p>`,
    ),
    '</td></tr>',
    `<tr><td style="${STYLES.footer}">${escapeHtml(footer)}</td></tr>`,
    '</table></body></html>',
    '',
  ].join('\n');
