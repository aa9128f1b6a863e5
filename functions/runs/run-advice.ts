import { MISSED_REASONS, NOT_EXECUTED } from '../../shared/domain/run-reasons.ts';
import { reasonOf, type CellFailure, type Run } from '../../shared/domain/run.ts';
import { cellRemedy, reasonRemedy } from './known-causes.ts';

/** What to do about each reason code, EMR's and our own, in words for somebody who knows notebooks but not AWS. */
const ADVICE: Readonly<Record<string, string>> = {
  STEP_FAILURE:
    'A step on the cluster failed before the notebook could say why. Read the end of the log below; missing packages and wrong paths are the usual causes.',
  BOOTSTRAP_FAILURE:
    'The cluster could not be prepared, and the notebook never ran. Run the job again; if it fails twice, show the log to your platform team.',
  INSTANCE_FAILURE:
    'AWS took a machine away or could not provide one. Run the job again; with many workers, try fewer or another time of day.',
  INTERNAL_ERROR: 'EMR itself failed; it is not your notebook. Run the job again.',
  VALIDATION_ERROR:
    'EMR refused the cluster’s settings. Choose another EMR release or size, or show the reason to your platform team.',
  USER_REQUEST: 'Somebody terminated the run. Run the job again if that was a mistake.',
  TIMED_OUT:
    'The run took longer than the job’s timeout. The results hold the notebook up to the last finished cell. Raise the timeout, add workers, or let the notebook do less.',
  [NOT_EXECUTED]:
    'The cluster came and went, but no notebook was executed. On a local stack, install Spark with `npm run spark:install`; elsewhere read the log of the step.',
  [MISSED_REASONS.disabled.code]: 'Enable the job to have it run at its next time.',
  [MISSED_REASONS.previousRun.code]: 'Give the job a longer interval, a shorter timeout or more workers.',
  [MISSED_REASONS.superseded.code]: 'Give the job a longer interval, a shorter timeout or more workers.',
  [MISSED_REASONS.notStarted.code]:
    'Run the job now if you need this run; if it happens again, tell your platform team.',
  [MISSED_REASONS.pastEnd.code]: 'Move the end of the job to the future to have it run again.',
  [MISSED_REASONS.undelivered.code]:
    'Run the job now if you need this run; if it happens again, tell your platform team.',
};

const cellAdvice = (failure: CellFailure): string => {
  const { cell, errorName } = failure;
  const where = cell === null ? 'A cell of the notebook' : `Cell ${cell} of the notebook`;
  const remedy =
    cellRemedy(failure) ??
    'Read the traceback from its last line up, correct the cell, upload the notebook again and run the job.';
  return `${where} raised ${errorName}, and the cells after it were not run. ${remedy}`;
};

export const runAdvice = (run: Pick<Run, 'outcome' | 'reason' | 'workload'>, failure: CellFailure | null): string => {
  if (failure !== null && run.outcome === 'failed') return cellAdvice(failure);
  if (run.outcome === null) return 'The run is still going. Its logs appear a few minutes after each step.';
  const reason = reasonOf(run);
  const advice = reasonRemedy(reason?.message ?? '') ?? ADVICE[reason?.code ?? ''];
  if (advice !== undefined) return advice;
  return run.outcome === 'succeeded'
    ? 'This run did not fail.'
    : 'Read the reason and the log; run the job again, and show them to your platform team if it fails twice.';
};
