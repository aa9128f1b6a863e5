import { NOT_EXECUTED } from './run-reasons.ts';
import { reasonOf, type Run, type RunOutcome } from './run.ts';

/** An ended run, as the job's item keeps it for lists. */
export interface RecentRun {
  readonly id: string;
  readonly number: number;
  readonly outcome: RunOutcome;
  /** Only of a run whose notebook was not executed: lists show it as no failure, and other reasons not at all. */
  readonly reasonCode?: typeof NOT_EXECUTED;
}

/** How many of the last runs a list of jobs shows. */
const KEPT = 10;

/** The job with the run that has just ended among its last ones, newest first, for the write that ends it. */
export const withEndedRun = <Job extends { readonly recentRuns?: readonly RecentRun[] }>(job: Job, run: Run): Job => {
  if (run.outcome === null) return job;
  const { id, number, outcome } = run;
  const why = reasonOf(run)?.code === NOT_EXECUTED ? ({ reasonCode: NOT_EXECUTED } as const) : {};
  const ended = { id, number, outcome, ...why };
  return { ...job, recentRuns: [ended, ...(job.recentRuns ?? [])].slice(0, KEPT) };
};
