import type {
  ClusterRecord,
  ClusterState,
  InstanceRecord,
  InstanceSet,
  StateChangeReason,
  StepRecord,
} from './cluster-record.ts';

/** A step as `GET /local/emr/clusters` shows it; times are ISO 8601. */
export interface StepView {
  readonly id: string;
  readonly name: string;
  readonly jar: string;
  readonly args: readonly string[];
  readonly actionOnFailure: string;
  readonly state: StepRecord['state'];
  readonly failure: StepRecord['failure'];
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** A cluster as `GET /local/emr/clusters` shows it; times are ISO 8601. */
export interface ClusterView {
  readonly id: string;
  readonly name: string;
  readonly state: ClusterState;
  readonly reason: StateChangeReason;
  readonly tags: Readonly<Record<string, string>>;
  readonly releaseLabel: string;
  readonly logUri: string | null;
  readonly keepAlive: boolean;
  readonly idleTimeoutSeconds: number | null;
  readonly masterPublicDnsName: string | null;
  readonly instances: readonly {
    readonly role: InstanceSet['role'];
    readonly instanceType: string;
    readonly markets: readonly InstanceRecord['market'][];
  }[];
  readonly bootstrapActions: readonly {
    readonly name: string;
    readonly path: string;
    readonly args: readonly string[];
  }[];
  readonly steps: readonly StepView[];
  readonly createdAt: string;
  readonly readyAt: string | null;
  readonly endedAt: string | null;
  /** Vanished from EMR's answers by order of the control. */
  readonly forgotten: boolean;
}

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const stepView = ({ id, config, state, failure, ...times }: StepRecord): StepView => ({
  id,
  name: config.Name,
  jar: config.HadoopJarStep.Jar,
  args: config.HadoopJarStep.Args,
  actionOnFailure: config.ActionOnFailure,
  state,
  failure,
  createdAt: iso(times.createdAt),
  startedAt: isoOrNull(times.startedAt),
  endedAt: isoOrNull(times.endedAt),
});

/** All that is worth knowing of a cluster, forgotten ones included. */
export const clusterView = (cluster: ClusterRecord): ClusterView => {
  const { request } = cluster;
  return {
    id: cluster.id,
    name: request.Name,
    state: cluster.state,
    reason: cluster.reason,
    tags: cluster.tags,
    releaseLabel: request.ReleaseLabel ?? '',
    logUri: request.LogUri ?? null,
    keepAlive: request.Instances.KeepJobFlowAliveWhenNoSteps,
    idleTimeoutSeconds: cluster.idleTimeoutSeconds,
    masterPublicDnsName: cluster.masterPublicDnsName,
    instances: cluster.instanceSets.map(({ role, instanceType, instances }) => ({
      role,
      instanceType,
      markets: instances.map(({ market }) => market),
    })),
    bootstrapActions: request.BootstrapActions.map(({ Name, ScriptBootstrapAction }) => ({
      name: Name,
      path: ScriptBootstrapAction.Path,
      args: ScriptBootstrapAction.Args,
    })),
    steps: cluster.steps.map(stepView),
    createdAt: iso(cluster.createdAt),
    readyAt: isoOrNull(cluster.readyAt),
    endedAt: isoOrNull(cluster.endedAt),
    forgotten: cluster.forgotten,
  };
};
