import * as fc from 'fast-check';

const { ATMO_PROPERTY_SEED: seed = '20261126', ATMO_PROPERTY_RUNS: runs } = process.env;

/**
 * Tries a property on made input, the same in each run of the tests. A failure prints its seed and the smallest input that
 * breaks it; `ATMO_PROPERTY_SEED` and `ATMO_PROPERTY_RUNS` look elsewhere and longer.
 */
export const holds = <Input>(property: fc.IProperty<Input>, usualRuns = 200): void =>
  fc.assert(property, { seed: Number(seed), numRuns: runs === undefined ? usualRuns : Number(runs) });

/** Any text: of words, of any character, of halves of characters. */
export const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

/** Texts of the words of a language, in any order: what a parser takes for its own, nearly. */
export const textsOf = (...words: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(''));
