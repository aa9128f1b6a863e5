import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { StartProgress, usualStart } from '../../components/start-progress.tsx';
import { useRead } from '../../lib/use-route.ts';

const STAGES = ['Waiting for its turn', 'Starting machines', 'Bootstrapping', 'Ready'] as const;

/** Milliseconds; earlier starts do not change. */
const FRESH = 300_000;

const presentStage = ({ startedAt, status }: ClusterView): number => {
  if (startedAt === null) return 0;
  return status === 'BOOTSTRAPPING' || status === 'RUNNING' ? 2 : 1;
};

/** Whether a cluster is on its way to be ready. */
export const isStarting = ({ isActive, readyAt, termination }: ClusterView): boolean =>
  isActive && readyAt === null && termination === null;

/** The stages of a start, measured against the person's earlier clusters. */
export const ClusterStart = ({ cluster }: { readonly cluster: ClusterView }) => {
  const earlier = useRead('listClusters', { status: 'all', limit: 25 }, { staleTime: FRESH });
  return (
    <StartProgress
      since={cluster.createdAt}
      stages={STAGES}
      present={presentStage(cluster)}
      usual={usualStart(earlier.data?.items ?? [])}
    />
  );
};
