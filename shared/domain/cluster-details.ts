import type { Cluster } from './cluster.ts';
import type { Instant } from './instant.ts';
import { workersOf } from './cluster-nodes.ts';
import { compactInstant } from './run.ts';
import type { Workload } from './workload.ts';

/** EMR's roles of instances, in the order in which they are shown. */
export const INSTANCE_ROLES = ['master', 'core', 'task'] as const;
export type InstanceRole = (typeof INSTANCE_ROLES)[number];

export const INSTANCE_MARKETS = ['onDemand', 'spot'] as const;

interface Lived {
  /** EMR's state. */
  readonly state: string;
  /** In EMR's words, where it gives a reason. */
  readonly reason: string | null;
  readonly createdAt: Instant | null;
  readonly finishedAt: Instant | null;
}

export interface ClusterStep extends Lived {
  readonly id: string;
  readonly name: string;
  readonly startedAt: Instant | null;
}

export interface ClusterInstance extends Lived {
  /** Of EC2. */
  readonly id: string;
  readonly role: InstanceRole;
  readonly type: string;
  readonly market: (typeof INSTANCE_MARKETS)[number];
  readonly readyAt: Instant | null;
}

/** One stream of one bootstrap action on one instance. */
export interface BootstrapLog {
  readonly action: number;
  readonly stream: string;
  readonly s3Uri: string;
  /** The last lines. */
  readonly text: string;
  readonly isWhole: boolean;
}

/** The roles that a cluster was launched with instances of. */
export const rolesOf = ({ size, workload }: Pick<Cluster, 'size' | 'workload'>): readonly InstanceRole[] => {
  const { onDemand, spot } = workersOf(size, workload.launchSettings.spot !== null);
  return INSTANCE_ROLES.filter((role) => role === 'master' || (role === 'core' ? onDemand : spot) > 0);
};

/** Where EMR puts the logs of a cluster: the log URI of its launch, without the bucket. */
export const clusterLogsPrefix = ({ identifier, createdAt }: Pick<Cluster, 'identifier' | 'createdAt'>): string =>
  `clusters/${identifier}/${compactInstant(createdAt)}/`;

/** The instance that EMR's reason names, as in `On the master instance (i-0123456789abcdef0), bootstrap action 1 …`. */
export const blamedInstance = ({ reason }: Pick<Workload, 'reason'>): string | null =>
  /\bi-[0-9a-f]{8,17}\b/.exec(reason?.message ?? '')?.[0] ?? null;
