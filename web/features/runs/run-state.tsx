import type { RunView } from '../../../shared/contract/routes/runs.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { State, type StateWords } from '../../components/state.tsx';

const OUTCOMES: Readonly<Record<NonNullable<RunView['outcome']>, StateWords>> = {
  succeeded: ['success', 'Succeeded'],
  failed: ['error', 'Failed'],
  timedOut: ['error', 'Timed out'],
  cancelled: ['stopped', 'Cancelled'],
  missed: ['warning', 'Missed'],
};

const STATES: Readonly<Record<RunView['status'], StateWords>> = {
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

type Standing = Pick<RunView, 'outcome' | 'status' | 'reason'>;

/** A local stack without Spark executed no notebook. */
const wasNotExecuted = ({ reason }: Pick<RunView, 'reason'>): boolean => reason?.code === NOT_EXECUTED;

export const runStateWords = (run: Standing): StateWords => {
  // The notebook is not at fault, so this is not shown as an error.
  if (wasNotExecuted(run)) return ['stopped', 'Not executed'];
  return run.outcome === null ? STATES[run.status] : OUTCOMES[run.outcome];
};

/** A run's outcome or current state. */
export const RunState = ({ run }: { readonly run: Standing }) => <State words={runStateWords(run)} />;
