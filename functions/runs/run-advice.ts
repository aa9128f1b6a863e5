import { MISSED_REASONS, NOT_EXECUTED } from '../../shared/domain/run-reasons.ts';
import { reasonOf, type CellFailure, type Run } from '../../shared/domain/run.ts';
import { cellCause, reasonCause } from './known-causes.ts';

/** Advice for each reason code, of EMR and of the portal, for people who know notebooks but not AWS. */
const ADVICE: Readonly<Record<string, string>> = {
  STEP_FAILURE:
    'A step on the cluster failed before the notebook could say why. Read the end of the log below; missing packages and wrong paths are common causes.',
  BOOTSTRAP_FAILURE:
    'The cluster could not be prepared, so the notebook did not run. Run the job again. If it fails twice, show the log to your platform team.',
  INSTANCE_FAILURE:
    'AWS reclaimed an instance or could not provide one. Run the job again. With many workers, try fewer or another time of day.',
  INTERNAL_ERROR: 'EMR had an internal error, not your notebook. Run the job again.',
  VALIDATION_ERROR:
    'EMR rejected the cluster’s settings. Choose another EMR release or size, or show the reason to your platform team.',
  USER_REQUEST: 'A person terminated the run. Run the job again if that was a mistake.',
  TIMED_OUT:
    'The run took longer than the job’s timeout. The results contain the notebook up to the last finished cell. Raise the timeout, add workers, or reduce the work of the notebook.',
  [NOT_EXECUTED]:
    'The portal runs on a local stack, and what the run needs is not there. The notebook is not at fault. The reason below tells what is missing.',
  [MISSED_REASONS.disabled.code]: 'Enable the job to run it at its next scheduled time.',
  [MISSED_REASONS.previousRun.code]: 'Give the job a longer interval, a shorter timeout or more workers.',
  [MISSED_REASONS.superseded.code]: 'Give the job a longer interval, a shorter timeout or more workers.',
  [MISSED_REASONS.notStarted.code]:
    'Run the job now if you need this run. If it happens again, contact your platform team.',
  [MISSED_REASONS.pastEnd.code]: 'To run the job again, move its end date to the future.',
  [MISSED_REASONS.overBudget.code]:
    'Later runs are refused too while the budget of this month has no room. Ask an administrator of the portal to raise it, or terminate something that counts in it.',
  [MISSED_REASONS.launchesPaused.code]: 'Once launches go on, run the job now if you need this run.',
  [MISSED_REASONS.undelivered.code]:
    'Run the job now if you need this run. If it happens again, contact your platform team.',
};

const cellAdvice = (failure: CellFailure): string => {
  const { cell, errorName } = failure;
  const where = cell === null ? 'A cell of the notebook' : `Cell ${cell} of the notebook`;
  const remedy =
    cellCause(failure)?.advice ??
    'Read the traceback from the last line up, correct the cell, upload the notebook again and run the job.';
  return `${where} raised ${errorName}, and the cells after it did not run. ${remedy}`;
};

export const runAdvice = (run: Pick<Run, 'outcome' | 'reason' | 'workload'>, failure: CellFailure | null): string => {
  if (failure !== null && run.outcome === 'failed') return cellAdvice(failure);
  if (run.outcome === null) return 'The run has not finished. Its logs appear a few minutes after each step.';
  const reason = reasonOf(run);
  const advice = reasonCause(reason?.message ?? '')?.advice ?? ADVICE[reason?.code ?? ''];
  if (advice !== undefined) return advice;
  return run.outcome === 'succeeded'
    ? 'This run did not fail.'
    : 'Read the reason and the log, then run the job again. If it fails twice, show both to your platform team.';
};
