import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';

type State = Pick<ClusterView, 'status' | 'termination' | 'isActive'>;

const WORDS: Readonly<Record<ClusterView['status'], readonly [StatusIndicatorProps.Type, string]>> = {
  LAUNCHING: ['in-progress', 'Launching'],
  STARTING: ['in-progress', 'Starting'],
  BOOTSTRAPPING: ['in-progress', 'Bootstrapping'],
  RUNNING: ['in-progress', 'Running a step'],
  WAITING: ['success', 'Ready'],
  TERMINATING: ['in-progress', 'Terminating'],
  TERMINATED: ['stopped', 'Terminated'],
  TERMINATED_WITH_ERRORS: ['error', 'Failed'],
};

const isOnItsWayDown = ({ termination, isActive }: State): boolean => isActive && termination !== null;

export const clusterStateWords = (cluster: State): readonly [StatusIndicatorProps.Type, string] =>
  WORDS[isOnItsWayDown(cluster) ? 'TERMINATING' : cluster.status];

/** What a cluster is doing, in one or two words. */
export const ClusterState = ({ cluster }: { readonly cluster: State }) => {
  const [type, words] = clusterStateWords(cluster);
  return <StatusIndicator type={type}>{words}</StatusIndicator>;
};
