import { Construct } from 'constructs';
import type { Setting } from '../../shared/contract/environment.ts';
import type { EmrClusterKind } from '../../shared/domain/emr-name.ts';
import { bucketName, localArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { permitClusterGroups } from './cluster-groups.ts';
import { EmrNetwork } from './emr-network.ts';
import { EmrRoles } from './emr-roles.ts';
import { EmrSecurity } from './emr-security.ts';
import { EmrScripts } from './emr-scripts.ts';
import { HomeDirectories } from './home-directories.ts';
import type { PortalFunction } from './portal-function.ts';

interface EmrClustersProps {
  readonly config: StageConfig;
}

/** The tag by which permissions tell our clusters from others of the account. */
const APPLICATION = 'ATMO';
const INSTANCE_PROFILE = {
  cluster: 'emrClusterInstanceProfile',
  job: 'emrJobInstanceProfile',
} as const satisfies Record<EmrClusterKind, Setting>;
/** For a cluster that runs, and for one that has ended. */
const ON_SPARK_UIS = [
  'GetOnClusterAppUIPresignedURL',
  'CreatePersistentAppUI',
  'DescribePersistentAppUI',
  'GetPersistentAppUIPresignedURL',
] as const;
/** For a Spark Connect session once it is started. Its own tags are the limit: it does not have those of its cluster. */
const ON_SESSIONS = ['GetSession', 'GetSessionEndpoint', 'TerminateSession'] as const;
const OUR_CLUSTERS = localArn('elasticmapreduce', 'cluster/*');
const SESSIONS = localArn('elasticmapreduce', 'cluster/*/session/*');

/** Everything that a cluster needs, and the permissions to launch, follow and end one. */
export class EmrClusters extends Construct {
  private readonly config: StageConfig;
  private readonly network: EmrNetwork;
  private readonly roles: EmrRoles;
  private readonly security: EmrSecurity;
  private readonly scripts: EmrScripts;
  private readonly homes: HomeDirectories | null;

  constructor(scope: Construct, id: string, { config }: EmrClustersProps) {
    super(scope, id);
    this.config = config;
    this.network = new EmrNetwork(this, 'Network', { config });
    this.roles = new EmrRoles(this, 'Roles', { config });
    this.security = new EmrSecurity(this, 'Security', { config, roles: this.roles.all });
    this.scripts = new EmrScripts(this, 'Scripts', config);
    this.homes =
      config.emr.homeDirectories === 'efs'
        ? new HomeDirectories({ environment: config.environment, network: this.network })
        : null;
  }

  /** Starts clusters with the roles of this kind and our tags, and nothing else. */
  grantLaunch(fn: PortalFunction, kind: EmrClusterKind): void {
    const conditions = this.ourTags('RequestTag');
    fn.permit({
      actions: ['elasticmapreduce:RunJobFlow'],
      resources: ['*'],
      conditions,
      wildcard: 'RunJobFlow knows no resource; the tags that a request must carry are the limit.',
    });
    fn.permit({
      actions: ['elasticmapreduce:AddTags'],
      resources: [OUR_CLUSTERS],
      conditions,
      wildcard: 'A cluster’s id is EMR’s choice; the tags that a request must carry are the limit.',
    });
    if (kind === 'cluster') {
      // EMR checks it within the launch, when the tags may be the request's still.
      for (const tag of ['RequestTag', 'ResourceTag'] as const) {
        fn.permit({
          actions: ['elasticmapreduce:PutAutoTerminationPolicy'],
          resources: [OUR_CLUSTERS],
          conditions: this.ourTags(tag),
          wildcard: 'A cluster’s id is EMR’s choice; the tags of our clusters are the limit.',
        });
      }
    }
    this.grantPassing(fn, kind);
    permitClusterGroups(fn, { environment: this.config.environment, network: this.network });
    if (kind === 'cluster') {
      this.homes?.grantMount(fn);
      fn.configure({ homeDirectories: this.homes === null ? '' : 'efs' });
    }
    this.configureLaunch(fn, kind);
  }

  /** Asks for a proof that a caller is an instance of a run's cluster: by its role's name, and by EMR's own tag of the instance. */
  grantProveCaller(fn: PortalFunction): void {
    fn.permit({
      actions: ['ec2:DescribeInstances'],
      resources: ['*'],
      wildcard: 'DescribeInstances knows no resource.',
    });
    fn.configure({
      requiresCallerProof: 'true',
      [INSTANCE_PROFILE.job]: this.roles.instances.job.profile.instanceProfileName,
    });
  }

  /** Takes mounts of homes away that nobody uses. */
  grantUnmountHomes(fn: PortalFunction): void {
    this.homes?.grantUnmount(fn);
  }

  /** Sees the names and states of all clusters of the account. */
  grantList(fn: PortalFunction): void {
    fn.permit({
      actions: ['elasticmapreduce:ListClusters'],
      resources: ['*'],
      wildcard: 'ListClusters knows no resource.',
    });
  }

  grantDescribe(fn: PortalFunction): void {
    this.grantOnOurs(fn, 'elasticmapreduce:DescribeCluster');
  }

  /** Sees the steps and the instances of our clusters. */
  grantLookInside(fn: PortalFunction): void {
    for (const action of ['ListSteps', 'ListInstances']) this.grantOnOurs(fn, `elasticmapreduce:${action}`);
  }

  grantTerminate(fn: PortalFunction): void {
    this.grantOnOurs(fn, 'elasticmapreduce:TerminateJobFlows');
  }

  /**
   * Makes addresses of the Spark UIs of our clusters. A persistent UI has an id of EMR's choice and no tags; EMR checks the
   * cluster that it is of as well.
   */
  grantSparkUis(fn: PortalFunction): void {
    for (const action of ON_SPARK_UIS) this.grantOnOurs(fn, `elasticmapreduce:${action}`);
    fn.permit({
      actions: ['elasticmapreduce:GetPersistentAppUIPresignedURL'],
      resources: [localArn('elasticmapreduce', 'persistent-app-ui/*')],
      wildcard: 'A persistent UI’s id is EMR’s choice; the tags of the cluster that it is of are the limit.',
    });
    this.grantDescribe(fn);
  }

  /**
   * Starts Spark Connect sessions on our clusters with our tags, makes the tokens that open them, and ends them. One function alone
   * has it. What a launch needs to set tags, `AddTags`, covers the sessions of clusters, whose names begin with the cluster's.
   */
  grantConnect(fn: PortalFunction): void {
    const { StringEquals } = this.ourTags('ResourceTag');
    fn.permit({
      actions: ['elasticmapreduce:StartSession'],
      resources: [OUR_CLUSTERS],
      conditions: { StringEquals: { ...StringEquals, ...this.ourTags('RequestTag').StringEquals } },
      wildcard:
        'A cluster’s id is EMR’s choice; the tags of our clusters, and those that a request must carry, are the limit.',
    });
    this.grantOnOurs(fn, 'elasticmapreduce:ListSessions');
    fn.permit({
      actions: ON_SESSIONS.map((action) => `elasticmapreduce:${action}`),
      resources: [SESSIONS],
      conditions: { StringEquals },
      wildcard: 'The ids of clusters and sessions are EMR’s choice; the tags of our sessions are the limit.',
    });
  }

  /** What of the deployment the price of a cluster follows from. */
  configurePricing(fn: PortalFunction): void {
    fn.configure({ emrHasPublicAddresses: String(this.network.hasPublicAddresses) });
  }

  /** Where people reach what runs on a cluster. */
  configureAccess(fn: PortalFunction): void {
    // The person's own end of the SSH tunnel.
    fn.configure({
      jupyterUrl: 'http://localhost:8888',
      allowsSsh: String(this.config.emr.sshRanges.length > 0),
    });
  }

  private grantOnOurs(fn: PortalFunction, action: string): void {
    fn.permit({
      actions: [action],
      resources: [OUR_CLUSTERS],
      conditions: this.ourTags('ResourceTag'),
      wildcard: 'A cluster’s id is EMR’s choice; the tags of our clusters are the limit.',
    });
  }

  private ourTags(tag: 'RequestTag' | 'ResourceTag') {
    return {
      StringEquals: {
        [`elasticmapreduce:${tag}/Application`]: APPLICATION,
        [`elasticmapreduce:${tag}/Environment`]: this.config.environment,
      },
    };
  }

  private grantPassing(fn: PortalFunction, kind: EmrClusterKind): void {
    const passed = [
      { role: this.roles.service, to: 'elasticmapreduce.amazonaws.com' },
      { role: this.roles.instances[kind].role, to: 'ec2.amazonaws.com' },
    ];
    for (const { role, to } of passed) {
      fn.permit({
        actions: ['iam:PassRole'],
        resources: [role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': to } },
      });
    }
  }

  private configureLaunch(fn: PortalFunction, kind: EmrClusterKind): void {
    const { emr } = this.config;
    this.configurePricing(fn);
    fn.configure({
      emrScriptsUri: this.scripts.uri,
      emrServiceRole: this.roles.service.roleName,
      emrSecurityConfiguration: this.security.name,
      [INSTANCE_PROFILE[kind]]: this.roles.instances[kind].profile.instanceProfileName,
      emrSubnetIds: this.network.subnets.map(({ subnetId }) => subnetId).join(','),
      emrSshSecurityGroup: this.network.ssh?.securityGroupId ?? '',
      emrKeyPair: emr.keyPair ?? '',
      logsBucket: bucketName(this.config.environment, 'logs'),
    });
  }
}
