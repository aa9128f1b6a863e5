import type { StateWords } from '../../components/state.tsx';

/** EMR's states of steps (StepState). */
const STEPS: Readonly<Record<string, StateWords>> = {
  PENDING: ['pending', 'Pending'],
  CANCEL_PENDING: ['in-progress', 'Cancelling'],
  RUNNING: ['in-progress', 'Running'],
  COMPLETED: ['success', 'Completed'],
  CANCELLED: ['stopped', 'Cancelled'],
  FAILED: ['error', 'Failed'],
  INTERRUPTED: ['error', 'Interrupted'],
};

/** EMR's states of instances (InstanceState). */
const INSTANCES: Readonly<Record<string, StateWords>> = {
  AWAITING_FULFILLMENT: ['pending', 'Awaiting capacity'],
  PROVISIONING: ['in-progress', 'Provisioning'],
  BOOTSTRAPPING: ['in-progress', 'Bootstrapping'],
  RUNNING: ['success', 'Running'],
  TERMINATED: ['stopped', 'Terminated'],
};

export const stepStateWords = (state: string): StateWords => STEPS[state] ?? ['info', state];

export const instanceStateWords = (state: string): StateWords => INSTANCES[state] ?? ['info', state];
