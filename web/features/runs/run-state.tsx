import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

import type { RunView } from '../../../shared/contract/routes/runs.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';

type Words = readonly [StatusIndicatorProps.Type, string];

const OUTCOMES: Readonly<Record<NonNullable<RunView['outcome']>, Words>> = {
  succeeded: ['success', 'Succeeded'],
  failed: ['error', 'Failed'],
  timedOut: ['error', 'Timed out'],
  cancelled: ['stopped', 'Cancelled'],
  missed: ['warning', 'Missed'],
};

const STATES: Readonly<Record<RunView['status'], Words>> = {
  LAUNCHING: ['in-progress', 'Launching'],
  STARTING: ['in-progress', 'Starting'],
  BOOTSTRAPPING: ['in-progress', 'Bootstrapping'],
  RUNNING: ['in-progress', 'Running'],
  WAITING: ['in-progress', 'Running'],
  TERMINATING: ['in-progress', 'Finishing'],
  TERMINATED: ['in-progress', 'Finishing'],
  TERMINATED_WITH_ERRORS: ['in-progress', 'Finishing'],
  MISSED: ['warning', 'Missed'],
};

type State = Pick<RunView, 'outcome' | 'status' | 'reason'>;

/** EMR completed its steps, but none of them executed the notebook (only without Spark, on a local stack). */
export const wasNotExecuted = ({ reason }: Pick<RunView, 'reason'>): boolean => reason?.code === NOT_EXECUTED;

export const runStateWords = (run: State): Words => {
  if (wasNotExecuted(run)) return ['warning', 'Not executed'];
  return run.outcome === null ? STATES[run.status] : OUTCOMES[run.outcome];
};

/** How a run came out, or what it is doing. */
export const RunState = ({ run }: { readonly run: State }) => {
  const [type, words] = runStateWords(run);
  return <StatusIndicator type={type}>{words}</StatusIndicator>;
};
