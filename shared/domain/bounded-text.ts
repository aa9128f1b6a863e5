const encoder = new TextEncoder();

/** Bytes of UTF-8. */
export const bytesOf = (text: string): number => encoder.encode(text).length;

/** The beginning of a text that takes at most so many bytes of UTF-8, cut between characters and marked with `…`. */
export const beginningOf = (text: string, maxBytes: number): string => {
  if (bytesOf(text) <= maxBytes) return text;
  let left = maxBytes - bytesOf('…');
  let kept = '';
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
};
