import type { RunInShort, RunView } from '../../../shared/contract/run.ts';
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
  SUBMITTED: ['in-progress', 'Starting'],
  QUEUED: ['pending', 'Queued'],
  PENDING: ['in-progress', 'Starting'],
  SCHEDULED: ['in-progress', 'Starting'],
  SUCCESS: ['in-progress', 'Finishing'],
  FAILED: ['in-progress', 'Finishing'],
  CANCELLING: ['in-progress', 'Finishing'],
  CANCELLED: ['in-progress', 'Finishing'],
  MISSED: ['warning', 'Missed'],
};

/** All that the latest run of a job in a list tells. */
const PHASES: Readonly<Record<RunView['phase'], StateWords>> = {
  waiting: ['pending', 'Waiting for its turn'],
  starting: ['in-progress', 'Starting'],
  running: ['in-progress', 'Running'],
  ending: ['in-progress', 'Finishing'],
  ended: ['in-progress', 'Finishing'],
};

type Standing = Pick<RunView, 'outcome' | 'phase'> &
  Partial<Pick<RunView, 'status' | 'reason'> & Pick<RunInShort, 'reasonCode'>>;

/** A local stack without Spark executed no notebook. */
const wasNotExecuted = ({ reason, reasonCode = reason?.code }: Standing): boolean => reasonCode === NOT_EXECUTED;

export const runStateWords = (run: Standing): StateWords => {
  // The notebook is not at fault, so this is not shown as an error.
  if (wasNotExecuted(run)) return ['stopped', 'Not executed'];
  if (run.outcome !== null) return OUTCOMES[run.outcome];
  return run.status === undefined ? PHASES[run.phase] : STATES[run.status];
};

/** A run's outcome or current state. */
export const RunState = ({ run }: { readonly run: Standing }) => <State words={runStateWords(run)} />;
