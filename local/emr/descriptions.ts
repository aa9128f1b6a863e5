import type { ClusterRecord, StateChangeReason, StepRecord } from './cluster-record.ts';
import type { EventContext } from './events.ts';
import { normalizedInstanceHours } from './instance-sets.ts';

/** A member map of EMR's wire format. */
export type Wire = Record<string, unknown>;

/** EMR's timestamps are seconds since the epoch, with milliseconds as the fraction. */
export const epochSeconds = (at: number): number => at / 1000;

/** Leaves out what is not there, as EMR does. */
export const present = (members: Wire): Wire =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));

const time = (at: number | null): number | null => (at === null ? null : epochSeconds(at));

const reason = ({ code, message }: StateChangeReason): Wire => present({ Code: code, Message: message });

export const tagList = (tags: ClusterRecord['tags']): Wire[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const clusterStatus = (cluster: ClusterRecord): Wire => ({
  State: cluster.state,
  StateChangeReason: reason(cluster.reason),
  Timeline: present({
    CreationDateTime: time(cluster.createdAt),
    ReadyDateTime: time(cluster.readyAt),
    EndDateTime: time(cluster.endedAt),
  }),
});

export const clusterArn = (id: string, { region, accountId }: EventContext): string =>
  `arn:aws:elasticmapreduce:${region}:${accountId}:cluster/${id}`;

/** A cluster as ListClusters shows it. */
export const clusterSummary = (cluster: ClusterRecord, place: EventContext, now: number): Wire => ({
  Id: cluster.id,
  Name: cluster.request.Name,
  Status: clusterStatus(cluster),
  NormalizedInstanceHours: normalizedInstanceHours(cluster, now),
  ClusterArn: clusterArn(cluster.id, place),
});

const ec2Attributes = ({ request }: ClusterRecord, { region }: EventContext): Wire => {
  const { Instances } = request;
  return present({
    Ec2KeyName: Instances.Ec2KeyName,
    Ec2SubnetId: Instances.Ec2SubnetId ?? Instances.Ec2SubnetIds?.[0],
    RequestedEc2SubnetIds:
      Instances.Ec2SubnetIds ?? (Instances.Ec2SubnetId === undefined ? [] : [Instances.Ec2SubnetId]),
    Ec2AvailabilityZone: Instances.Placement?.AvailabilityZone ?? `${region}a`,
    RequestedEc2AvailabilityZones: [],
    IamInstanceProfile: request.JobFlowRole,
    EmrManagedMasterSecurityGroup: Instances['EmrManagedMasterSecurityGroup'],
    EmrManagedSlaveSecurityGroup: Instances['EmrManagedSlaveSecurityGroup'],
    ServiceAccessSecurityGroup: Instances['ServiceAccessSecurityGroup'],
    AdditionalMasterSecurityGroups: Instances['AdditionalMasterSecurityGroups'],
    AdditionalSlaveSecurityGroups: Instances['AdditionalSlaveSecurityGroups'],
  });
};

/** EMR gives a log URI back in the scheme and form its own nodes use: `s3n://bucket/folder/`. */
const describedLogUri = (uri: string | undefined): string | null =>
  uri === undefined ? null : `${uri.replace(/^s3[an]?:/, 's3n:').replace(/\/+$/, '')}/`;

/** A cluster as DescribeCluster shows it. */
export const clusterDescription = (cluster: ClusterRecord, place: EventContext, now: number): Wire => {
  const { request } = cluster;
  return present({
    ...clusterSummary(cluster, place, now),
    Ec2InstanceAttributes: ec2Attributes(cluster, place),
    InstanceCollectionType: cluster.instanceSets[0]?.kind === 'fleet' ? 'INSTANCE_FLEET' : 'INSTANCE_GROUP',
    LogUri: describedLogUri(request.LogUri),
    ReleaseLabel: request.ReleaseLabel,
    AutoTerminate: !request.Instances.KeepJobFlowAliveWhenNoSteps,
    TerminationProtected: request.Instances.TerminationProtected,
    UnhealthyNodeReplacement: request.Instances['UnhealthyNodeReplacement'] ?? false,
    VisibleToAllUsers: request.VisibleToAllUsers,
    Applications: request.Applications,
    Tags: tagList(cluster.tags),
    ServiceRole: request.ServiceRole,
    MasterPublicDnsName: cluster.masterPublicDnsName,
    Configurations: request.Configurations,
    SecurityConfiguration: request.SecurityConfiguration,
    AutoScalingRole: request.AutoScalingRole,
    ScaleDownBehavior: request.ScaleDownBehavior,
    CustomAmiId: request.CustomAmiId,
    EbsRootVolumeSize: request.EbsRootVolumeSize,
    StepConcurrencyLevel: request.StepConcurrencyLevel,
    OSReleaseLabel: request['OSReleaseLabel'],
    SessionEnabled: request.SessionEnabled,
  });
};

/** A step as ListSteps and DescribeStep show it. */
export const stepDescription = ({ id, config, ...step }: StepRecord): Wire => ({
  Id: id,
  Name: config.Name,
  Config: present({
    Jar: config.HadoopJarStep.Jar,
    Properties: Object.fromEntries(config.HadoopJarStep.Properties.map(({ Key, Value }) => [Key, Value])),
    MainClass: config.HadoopJarStep.MainClass,
    Args: config.HadoopJarStep.Args,
  }),
  ActionOnFailure: config.ActionOnFailure,
  Status: present({
    State: step.state,
    StateChangeReason: {},
    FailureDetails:
      step.failure === null
        ? null
        : present({ Reason: step.failure.reason, Message: step.failure.message, LogFile: step.failure.logFile }),
    Timeline: present({
      CreationDateTime: time(step.createdAt),
      StartDateTime: time(step.startedAt),
      EndDateTime: time(step.endedAt),
    }),
  }),
});
