import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useNow } from '../../lib/use-now.ts';

interface NothingInsideProps {
  readonly cluster: ClusterView;
  /** In the plural. */
  readonly what: string;
  readonly whileActive: string;
  readonly onceEnded: string;
}

/** Milliseconds for which EMR knows a cluster that has ended. */
const REMEMBERED = 60 * 86_400_000;

const reasonOf = ({ cluster, whileActive, onceEnded }: NothingInsideProps, now: number): string => {
  const { isActive, jobflowId, finishedAt } = cluster;
  if (jobflowId === null) return isActive ? 'EMR has not got the cluster yet.' : 'EMR never had the cluster.';
  if (isActive) return whileActive;
  const isForgotten = finishedAt !== null && now - Date.parse(finishedAt) > REMEMBERED;
  return isForgotten ? 'EMR forgets a cluster two months after its end.' : onceEnded;
};

/** Says why nothing is to be seen inside a cluster. */
export const NothingInside = (props: NothingInsideProps) => (
  <EmptyState title={`No ${props.what}`} text={reasonOf(props, useNow())} />
);
