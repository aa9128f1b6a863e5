/** Valid identifiers of clusters and Spark jobs. They become part of EMR names, S3 keys and schedule names. */
export const IDENTIFIER_PATTERN = /^[a-z0-9-]{1,100}$/;

export const IDENTIFIER_RULE = 'Use 1 to 100 lower-case letters, digits and hyphens.';

/** Path segments after `/api/spark-jobs/`: a job with this identifier would be unreachable. */
export const RESERVED_JOB_IDENTIFIERS: readonly string[] = ['defaults', 'identifier-available', 'deleted'];

export const RESERVED_RULE = 'This word is reserved. Choose a different identifier.';

/** Words for suggested identifiers. */
export interface NameLists {
  readonly adjectives: readonly string[];
  readonly scientists: readonly string[];
}

/**
 * `adjective-scientist-NNNN`.
 * @param random a source of numbers in [0, 1)
 */
export const suggestedIdentifier = ({ adjectives, scientists }: NameLists, random: () => number): string => {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? 'spark';
  const slug = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const number = Math.floor(random() * 10_000);
  return `${slug(pick(adjectives))}-${slug(pick(scientists))}-${String(number).padStart(4, '0')}`;
};

const MAX_LENGTH = 100;

/** The identifier itself, or with the next free number where it is taken. */
export const freeIdentifier = (wanted: string, taken: ReadonlySet<string>): string => {
  const numbered = (number: number): string => {
    const suffix = `-${number}`;
    return `${wanted.slice(0, MAX_LENGTH - suffix.length)}${suffix}`;
  };
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(numbered(number))) number += 1;
  return numbered(number);
};
