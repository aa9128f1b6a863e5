import type { Json } from './notebook-json.ts';
import type { OfferedParameter } from './offered-parameters.ts';

/** A file that can run. */
export interface GoodNotebook {
  readonly kind: 'jupyter' | 'zeppelin';
  readonly problem: null;
  /** Null for a Zeppelin note: each of its paragraphs names its own. */
  readonly language: 'python' | null;
  /** All cells or paragraphs. */
  readonly cells: number;
  readonly parameters: readonly OfferedParameter[];
  /** What may make a run fail or surprise, in words for the person who uploaded it. */
  readonly warnings: readonly string[];
  /** The file with its missing parts filled in: what is stored and run. */
  readonly content: string;
}

interface Refusal {
  readonly kind: null;
  readonly problem: string;
}

/** What a notebook file is, or why it cannot run, in words for the person who uploaded it. */
export type NotebookCheck = GoodNotebook | Refusal;

/** What the check of one format finds: the file with its missing parts, not yet as text. */
export type FormatCheck = (Omit<GoodNotebook, 'content'> & { readonly completed: Json }) | Refusal;

export const refused = (problem: string): Refusal => ({ kind: null, problem });
