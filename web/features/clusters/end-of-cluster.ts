import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';

type Reason = NonNullable<ClusterView['statusReason']>;

/** EMR's codes for the end of a cluster (ClusterStateChangeReason), in words for people. */
const WORDS: Readonly<Record<string, string>> = {
  INTERNAL_ERROR: 'EMR itself failed. Launch the cluster again; if that fails too, tell your platform team.',
  VALIDATION_ERROR:
    'EMR refused the settings of this cluster. Try another EMR release or size; if that fails too, tell your platform team.',
  INSTANCE_FAILURE:
    'One of its machines failed or could not be had. Launch the cluster again, perhaps with fewer workers.',
  INSTANCE_FLEET_TIMEOUT: 'AWS had too few machines of this kind. Launch it again later, or with fewer workers.',
  BOOTSTRAP_FAILURE:
    'A machine failed while it was being set up. Launch the cluster again; if that fails too, tell your platform team.',
  STEP_FAILURE: 'A set-up step failed on the cluster. Launch it again; if that fails too, tell your platform team.',
  USER_REQUEST: 'It was terminated on request.',
  ALL_STEPS_COMPLETED: 'It finished its work.',
};

const ENDED_BY: Readonly<Record<string, string>> = {
  expired: 'Its time was up.',
};

/** Why a failed cluster failed and what to do, in plain words. */
export const failureInWords = (reason: Reason | null): string =>
  (reason === null ? undefined : WORDS[reason.code]) ??
  'EMR gave no reason that we know. Launch the cluster again; if that fails too, tell your platform team.';

/** Who or what ended a cluster. */
export const terminationInWords = ({ by, reason }: NonNullable<ClusterView['termination']>): string =>
  reason === 'requested' ? `${by} asked for its end.` : (ENDED_BY[reason] ?? `It was ended: ${reason}.`);
