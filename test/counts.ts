/** How the tests of a suite ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** File, name and reason of each failed test. */
  readonly failures: readonly string[];
}

export const NOTHING_RUN: Counts = { passed: 0, failed: 0, failures: [] };

/** Of a suite that failed outside its tests. */
export const broken = (what: string): Counts => ({ passed: 0, failed: 1, failures: [what] });
