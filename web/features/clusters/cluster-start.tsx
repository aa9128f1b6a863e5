import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { StartProgress, usualStart } from '../../components/start-progress.tsx';
import { useEarlierClusters } from './use-earlier-clusters.ts';

const STAGES = ['Waiting for its turn', 'Starting machines', 'Bootstrapping', 'Ready'] as const;

const presentStage = ({ startedAt, status }: ClusterView): number => {
  if (startedAt === null) return 0;
  return status === 'BOOTSTRAPPING' || status === 'RUNNING' ? 2 : 1;
};

/** Whether a cluster is on its way to be ready. */
export const isStarting = ({ isActive, readyAt, termination }: ClusterView): boolean =>
  isActive && readyAt === null && termination === null;

/** The stages of a start, measured against the person's earlier clusters. */
export const ClusterStart = ({ cluster }: { readonly cluster: ClusterView }) => (
  <StartProgress
    since={cluster.createdAt}
    stages={STAGES}
    present={presentStage(cluster)}
    usual={usualStart(useEarlierClusters() ?? [])}
  />
);
