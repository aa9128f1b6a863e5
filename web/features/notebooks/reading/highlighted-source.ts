import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import scala from 'highlight.js/lib/languages/scala';
import sql from 'highlight.js/lib/languages/sql';
import xml from 'highlight.js/lib/languages/xml';

import { element, type Markup } from '../../../components/markup/markup.ts';
import { MAX_HIGHLIGHTED, MAX_HIGHLIGHTED_ELEMENTS } from '../../../lib/viewer-bounds.ts';

for (const [name, language] of Object.entries({ bash, javascript, json, python, r, scala, sql, xml }))
  hljs.registerLanguage(name, language);

/** What kernels, cell magics, Zeppelin's interpreters and fences call these languages. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ipython: 'python',
  pyspark: 'python',
  spark: 'scala',
  sparkr: 'r',
  svg: 'xml',
};

interface TokenTree {
  readonly scope?: string;
  readonly children: readonly (TokenTree | string)[];
}

/** Scopes that have a colour; all others would only be elements more. */
const COLOURED: ReadonlySet<string> = new Set(
  [
    'addition attr built_in comment deletion keyword literal meta name number quote regexp section selector-tag string',
    'symbol tag template-variable title type variable',
  ].flatMap((names) => names.split(' ')),
);

const tokensOf = ({ scope, children }: TokenTree): readonly Markup[] => {
  const within = children.flatMap((child) => (typeof child === 'string' ? [child] : tokensOf(child)));
  const [name = ''] = scope?.split('.') ?? [];
  return COLOURED.has(name) ? [element('span', within, { className: `hljs-${name}` })] : within;
};

/** What a cell's first line says about its language: `%%sql`, `%spark.pyspark(pool)`. */
const MAGIC = /^\s*%%?(?:\w+\.)?(\w+)/;

export const languageOf = (source: string, usual: string): string => MAGIC.exec(source)?.[1]?.toLowerCase() ?? usual;

/** A source with its tokens marked; null where its language is not known, or it is too long to be read for that. */
export const highlighted = (source: string, language: string): readonly Markup[] | null => {
  const name = OTHER_NAMES[language] ?? language;
  if (source.length > MAX_HIGHLIGHTED || hljs.getLanguage(name) === undefined) return null;
  // highlight.js offers a string of HTML, or the tree that it makes it of, which its types leave out.
  const { _emitter: emitter } = hljs.highlight(source, { language: name, ignoreIllegals: true });
  const { rootNode } = emitter as unknown as { readonly rootNode: TokenTree };
  const tokens = tokensOf(rootNode);
  return tokens.length > MAX_HIGHLIGHTED_ELEMENTS ? null : tokens;
};
