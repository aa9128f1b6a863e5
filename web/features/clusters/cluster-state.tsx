import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { State, type StateWords } from '../../components/state.tsx';

type Standing = Pick<ClusterView, 'status' | 'termination' | 'isActive'>;

const WORDS: Readonly<Record<ClusterView['status'], StateWords>> = {
  LAUNCHING: ['in-progress', 'Launching'],
  STARTING: ['in-progress', 'Starting'],
  BOOTSTRAPPING: ['in-progress', 'Bootstrapping'],
  RUNNING: ['in-progress', 'Running a step'],
  WAITING: ['success', 'Ready'],
  TERMINATING: ['in-progress', 'Terminating'],
  TERMINATED: ['stopped', 'Terminated'],
  TERMINATED_WITH_ERRORS: ['error', 'Failed'],
};

const isOnItsWayDown = ({ termination, isActive }: Standing): boolean => isActive && termination !== null;

export const clusterStateWords = (cluster: Standing): StateWords =>
  WORDS[isOnItsWayDown(cluster) ? 'TERMINATING' : cluster.status];

/** A cluster's state, in one or two words. */
export const ClusterState = ({ cluster }: { readonly cluster: Standing }) => (
  <State words={clusterStateWords(cluster)} />
);
