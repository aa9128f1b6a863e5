import type { Parser } from 'htmlparser2';

/** Characters that the parser gets at once. */
const CHUNK = 10_000;

/** Parses as long as it may go on; a parser of hostile text is asked before each piece of it. */
export const parseInChunks = (parser: Parser, text: string, mayGoOn: () => boolean): void => {
  for (let at = 0; at < text.length; at += CHUNK) {
    if (!mayGoOn()) return;
    parser.write(text.slice(at, at + CHUNK));
  }
  if (mayGoOn()) parser.end();
};
