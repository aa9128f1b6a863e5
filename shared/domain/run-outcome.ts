import type { EmrObservation } from './emr-state.ts';
import type { Instant } from './instant.ts';
import { withMailAbout } from './run-mails.ts';
import { NOT_EXECUTED, TIMED_OUT } from './run-reasons.ts';
import { isFinalRun, runFollowingEmr, type CellFailure, type Run } from './run.ts';
import { withLatestRun, type SparkJob } from './spark-job.ts';

/** `outcome.json`, as the run-notebook step writes it. */
export interface NotebookOutcome {
  readonly status: 'succeeded' | 'failed' | 'timedOut' | 'notExecuted';
  readonly failure: CellFailure | null;
  readonly reason: string | null;
}

const timedOut = (run: Run): Run => ({
  ...run,
  outcome: 'timedOut',
  reason: {
    code: TIMED_OUT,
    message: `The run was stopped at its timeout of ${run.timeout} h. What was finished until then is kept.`,
  },
});

const notExecuted = (run: Run, why: string | null): Run => ({
  ...run,
  reason: {
    code: NOT_EXECUTED,
    message: why ?? 'The notebook was not executed: its step left no outcome. The log of the step says why.',
  },
});

const failed = (run: Run, why: string | null): Run => ({
  ...run,
  outcome: 'failed',
  // The notebook's own word counts more than the exit code of its step.
  reason:
    run.outcome === 'succeeded'
      ? { code: 'STEP_FAILURE', message: why ?? 'A cell of the notebook failed.' }
      : run.reason,
});

/**
 * What a final run ended as, once the notebook has its say: EMR knows of steps only. A run that somebody ended stays as
 * they wanted it.
 */
const refined = (run: Run, notebook: NotebookOutcome | null): Run => {
  const known: Run = { ...run, failure: notebook?.failure ?? run.failure };
  if (run.outcome === 'timedOut') return timedOut(known);
  if (run.outcome === 'succeeded' && (notebook === null || notebook.status === 'notExecuted'))
    return notExecuted(known, notebook?.reason ?? null);
  if (run.outcome !== 'succeeded' && run.outcome !== 'failed') return known;
  if (notebook?.status === 'timedOut') return timedOut(known);
  return notebook?.status === 'failed' ? failed(known, notebook.reason) : known;
};

/**
 * The job after what EMR said of its latest run. What makes the run final owes its mail in the same write.
 * @param notebook what the step wrote; null where it wrote nothing
 */
export const followingEmr = (
  job: SparkJob,
  runId: string,
  { seen, notebook, now }: { seen: EmrObservation; notebook: NotebookOutcome | null; now: Instant },
): SparkJob => {
  const followed = withLatestRun(
    job,
    runId,
    (run) => {
      const next = runFollowingEmr(run, seen, now);
      return isFinalRun(next) && !isFinalRun(run) ? refined(next, notebook) : next;
    },
    now,
  );
  const run = followed.latestRun;
  if (followed === job || run === null || !isFinalRun(run)) return followed;
  // A time-out that we ended ourselves was mailed when that was recorded.
  const isMailed = job.latestRun === null || isFinalRun(job.latestRun) || run.termination?.reason === 'timedOut';
  return isMailed ? followed : withMailAbout(followed, run, now);
};
