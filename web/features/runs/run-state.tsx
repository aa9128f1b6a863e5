import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

import type { RunView } from '../../../shared/contract/routes/runs.ts';

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

export const runStateWords = ({ outcome, status }: Pick<RunView, 'outcome' | 'status'>): Words =>
  outcome === null ? STATES[status] : OUTCOMES[outcome];

/** How a run came out, or what it is doing. */
export const RunState = ({ run }: { readonly run: Pick<RunView, 'outcome' | 'status'> }) => {
  const [type, words] = runStateWords(run);
  return <StatusIndicator type={type}>{words}</StatusIndicator>;
};
