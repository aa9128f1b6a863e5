/** What clusters and Spark jobs may be called: it becomes part of EMR names, S3 keys and schedule names. */
export const IDENTIFIER_PATTERN = /^[a-z0-9-]{1,100}$/;

export const IDENTIFIER_RULE = 'Use 1 to 100 lower-case letters, digits and hyphens.';

/** Words that stand after `/api/spark-jobs/` themselves: a job called so could not be reached. */
export const RESERVED_JOB_IDENTIFIERS: readonly string[] = ['defaults', 'identifier-available', 'deleted'];

export const RESERVED_RULE = 'This word is reserved. Choose a different identifier.';

/** The words that suggested identifiers are made of. */
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
