import type { ClusterView } from '../../shared/contract/cluster.ts';

const ENDED_BY: Readonly<Record<string, string>> = {
  expired: 'Terminated at its expiry.',
  ownerLeft: 'Terminated because its owner has left.',
};

/** Who terminated a cluster or session, or why the portal did. */
export const terminationInWords = ({ by, reason }: NonNullable<ClusterView['termination']>): string =>
  reason === 'requested' ? `Terminated by ${by}.` : (ENDED_BY[reason] ?? `Terminated: ${reason}.`);
