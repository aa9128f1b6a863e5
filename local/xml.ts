/** What an answer in AWS's XML says; a list becomes `<item>` elements. */
export interface Xml {
  readonly [name: string]: string | Xml | readonly Xml[];
}

export const xmlOf = (content: Xml): string =>
  Object.entries(content)
    .map(([name, value]) => `<${name}>${typeof value === 'string' ? escaped(value) : inner(value)}</${name}>`)
    .join('');

const inner = (value: Xml | readonly Xml[]): string =>
  isList(value) ? value.map((item) => `<item>${xmlOf(item)}</item>`).join('') : xmlOf(value);

const isList = (value: Xml | readonly Xml[]): value is readonly Xml[] => Array.isArray(value);

// XML has no control characters but three, not even escaped.
const escaped = (text: string): string =>
  text.replaceAll(/[^\t\n\r\P{Cc}]/gu, '\uFFFD').replaceAll(/[&<>\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
