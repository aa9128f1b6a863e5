/** Numbers that a seed decides. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  readonly chance: (probability: number) => boolean;
  readonly between: (least: number, most: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Lower-case letters and digits. */
  readonly text: (length: number) => string;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** Mulberry32. */
export const seededRandom = (seed: number): Random => {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (least, most) => least + next() * (most - least),
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    text: (length) => {
      let text = '';
      while (text.length < length) text += DIGITS[Math.floor(next() * 32)];
      return text;
    },
  };
};
