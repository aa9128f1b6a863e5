import type { ClusterView } from '../../shared/contract/cluster.ts';

const ENDED_BY: Readonly<Record<string, string>> = {
  expired: 'Terminated at its expiry.',
  ownerLeft: 'Terminated because its owner has left.',
};

/** Who terminated a cluster or session, or why the portal did. */
export const terminationInWords = ({ by, reason }: NonNullable<ClusterView['termination']>): string =>
  reason === 'requested' ? `Terminated by ${by}.` : (ENDED_BY[reason] ?? `Terminated: ${reason}.`);

type Ending = Pick<ClusterView, 'isActive' | 'termination' | 'statusReason'>;

/** Why a workload ended, or is about to, as a fact of its own; none while it runs on. */
export const endReason = ({ isActive, termination, statusReason }: Ending) => {
  const reason = isActive ? null : (statusReason?.message ?? null);
  const value = termination === null ? reason : terminationInWords(termination);
  return value === null ? [] : [{ label: 'Why it ended', value }];
};
