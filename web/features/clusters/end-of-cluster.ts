import type { ClusterView } from '../../../shared/contract/cluster.ts';

type Reason = NonNullable<ClusterView['statusReason']>;

/** Messages for EMR's termination reasons (ClusterStateChangeReason). */
const WORDS: Readonly<Record<string, string>> = {
  INTERNAL_ERROR: 'EMR had an internal error. Launch the cluster again. If that fails too, contact your platform team.',
  VALIDATION_ERROR:
    'EMR rejected the settings of this cluster. Try another EMR release or size. If that fails too, contact your platform team.',
  INSTANCE_FAILURE: 'An instance failed or was not available. Launch the cluster again, perhaps with fewer workers.',
  INSTANCE_FLEET_TIMEOUT:
    'AWS did not have enough instances of this type. Launch the cluster again later, or with fewer workers.',
  BOOTSTRAP_FAILURE:
    'A bootstrap action failed. Launch the cluster again. If that fails too, contact your platform team.',
  STEP_FAILURE: 'A set-up step failed. Launch the cluster again. If that fails too, contact your platform team.',
  USER_REQUEST: 'Terminated on request.',
  ALL_STEPS_COMPLETED: 'All steps completed.',
};

/** Why a failed cluster failed and what to do, in plain words. */
export const failureInWords = (reason: Reason | null): string =>
  (reason === null ? undefined : WORDS[reason.code]) ??
  'EMR gave no known reason. Launch the cluster again. If that fails too, contact your platform team.';
