import { NOTHING_BILLED } from './cost.ts';
import { statusReason } from './engine.ts';
import type { Instant } from './instant.ts';
import { withEndedRun } from './recent-runs.ts';
import { withMailAbout, withTimeoutMail } from './run-mails.ts';
import { NOT_EXECUTED, TIMED_OUT } from './run-reasons.ts';
import { isFinalRun, outcomeOf, reasonOf, type CellFailure, type Run } from './run.ts';
import { withLatestRun, type SparkJob } from './spark-job.ts';
import { closed, type Workload } from './workload.ts';

/** `outcome.json`, as the run-notebook step writes it. */
export interface NotebookOutcome {
  readonly status: 'succeeded' | 'failed' | 'timedOut' | 'notExecuted';
  readonly failure: CellFailure | null;
  readonly reason: string | null;
}

const timedOut = (run: Run, why: string | null): Run => ({
  ...run,
  outcome: 'timedOut',
  reason: statusReason(
    TIMED_OUT,
    [
      `The run was stopped at its timeout of ${run.timeout} h.`,
      'Results saved until then are kept.',
      ...(why === null ? [] : [why]),
    ].join(' '),
  ),
});

/** Only a local stack without Spark or Zeppelin writes this. */
const notExecuted = (run: Run, why: string | null): Run => ({
  ...run,
  outcome: 'failed',
  reason: statusReason(NOT_EXECUTED, why ?? 'The notebook was not executed.'),
});

/** Only `outcome.json` tells that a run has succeeded; EMR knows only the state of its steps. */
const withoutEvidence = (run: Run): Run => ({
  ...run,
  outcome: 'failed',
  reason: {
    code: 'STEP_FAILURE',
    message: 'The run wrote no outcome.json, so it is unknown whether the notebook ran. Read the log of the step.',
  },
});

const failed = (run: Run, why: string | null): Run => ({
  ...run,
  outcome: 'failed',
  reason:
    run.outcome === 'succeeded'
      ? statusReason('STEP_FAILURE', why ?? 'A cell of the notebook failed.')
      : inTheRunnersWords(run, why),
});

/** The runner's reason replaces EMR's "Shut down as step failed". */
export const inTheRunnersWords = (run: Pick<Run, 'reason' | 'workload'>, why: string | null): Run['reason'] => {
  const code = reasonOf(run)?.code;
  return code === 'STEP_FAILURE' && why !== null ? statusReason(code, why) : run.reason;
};

/**
 * The outcome of a final run, taking `outcome.json` into account. A run that was terminated on request keeps its
 * outcome.
 */
const refined = (run: Run, notebook: NotebookOutcome | null): Run => {
  const why = notebook?.reason ?? null;
  const known: Run = { ...run, failure: notebook?.failure ?? run.failure };
  if (run.outcome === 'timedOut') return timedOut(known, why);
  if (run.outcome !== 'succeeded' && run.outcome !== 'failed') return known;
  if (notebook?.status === 'notExecuted') return notExecuted(known, why);
  if (notebook === null) return run.outcome === 'succeeded' ? withoutEvidence(known) : known;
  if (notebook.status === 'timedOut') return timedOut(known, why);
  return notebook.status === 'failed' ? failed(known, why) : known;
};

/**
 * The run after a transition of its workload. An ended workload makes the run final.
 * @param notebook the parsed `outcome.json`; null if there is none
 */
export const runChanged = (run: Run, workload: Workload, notebook: NotebookOutcome | null): Run => {
  if (workload === run.workload) return run;
  const outcome = run.outcome ?? outcomeOf(workload);
  const changed: Run = { ...run, workload, outcome };
  if (outcome === 'missed') return { ...changed, workload: { ...workload, rate: NOTHING_BILLED } };
  const hasNotebook = !isFinalRun(run) && outcome !== null && workload.emrId !== null;
  return hasNotebook ? refined(changed, notebook) : changed;
};

const DELETED = { code: 'USER_REQUEST', message: 'The job was deleted.' };

/** The run of a deleted job: closed without waiting for EMR, since no sweep reconciles it any more. */
export const endedWithJob = (run: Run, now: Instant): Run => runChanged(run, closed(run.workload, DELETED, now), null);

/** A timeout is mailed when it is recorded, and not again when the run ends. */
const isTimedOut = ({ workload }: Run): boolean => workload.termination?.reason === 'timedOut';

/** The job after a transition of its latest run's workload, including the mail that it causes, for one write. */
export const withRunWorkload = (
  job: SparkJob,
  run: Run,
  workload: Workload,
  { notebook, now }: { readonly notebook: NotebookOutcome | null; readonly now: Instant },
): SparkJob => {
  const moved = withLatestRun(job, run.id, (latest) => runChanged(latest, workload, notebook), now);
  const latest = moved.latestRun;
  if (moved === job || latest === null) return job;
  const changed = isFinalRun(run) ? moved : withEndedRun(moved, latest);
  if (isTimedOut(latest)) return isTimedOut(run) ? changed : withTimeoutMail(changed, latest, now);
  return isFinalRun(latest) && !isFinalRun(run) ? withMailAbout(changed, latest, now) : changed;
};
