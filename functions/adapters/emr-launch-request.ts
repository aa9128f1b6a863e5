import type {
  BootstrapActionConfig,
  JobFlowInstancesConfig,
  RunJobFlowCommandInput,
  StepConfig,
  Tag,
} from '@aws-sdk/client-emr';

import { emrName, stepPrefix, type EmrClusterKind } from '../../shared/domain/emr-name.ts';
import { releaseLabel } from '../../shared/domain/emr-release.ts';
import type { LaunchSettings } from '../../shared/domain/launch-settings.ts';
import { NODE_DISKS_GB } from '../../shared/domain/node-disks.ts';
import type { ClusterGroups } from '../ports/cluster-network.ts';
import { instanceFleets } from './emr-instance-fleets.ts';
import type { EmrLaunchSettings } from './emr-launch-settings.ts';
import { releaseParts, type ReleaseParts } from './emr-release-parts.ts';

/** The launch parameters shared by clusters and runs. */
export interface EmrLaunch {
  readonly kind: EmrClusterKind;
  readonly owner: string;
  readonly ownerEmail: string;
  readonly identifier: string;
  readonly runToken: string;
  readonly emrRelease: string;
  /** Applications to install if the release has them. */
  readonly applications: readonly string[];
  readonly size: number;
  readonly launchSettings: LaunchSettings;
  /** The instance profile. */
  readonly instanceProfile: string;
  readonly groups: ClusterGroups;
  /** Key prefix in the log bucket. */
  readonly logs: string;
  readonly bootstrapArguments: Parameters<typeof commandLine>[0];
  readonly steps: readonly StepConfig[];
}

/** Characters allowed in tags; a mail address may have others. */
const NOT_IN_TAGS = /[^\p{L}\p{N} _.:/=+@-]/gu;
export const tag = (key: string, value: string): Tag => ({
  Key: key,
  Value: value.replaceAll(NOT_IN_TAGS, '_').slice(0, 256),
});

const tags = (launch: EmrLaunch, { environment }: EmrLaunchSettings): Tag[] => [
  tag('Owner', launch.ownerEmail),
  tag('Name', launch.identifier),
  tag('Environment', environment),
  // IAM limits the portal to clusters with this tag.
  tag('Application', 'ATMO'),
  tag('App', 'atmo'),
  tag('Type', launch.kind),
  tag('RunToken', launch.runToken),
  // Required by EMR's managed service policy.
  tag('for-use-with-amazon-emr-managed-policies', 'true'),
  ...Object.entries(launch.launchSettings.accountingTags).map(([key, value]) => tag(key, value)),
];

/** A run's nodes have no person's key: only the operators' key pair opens them. */
const isReachedBySsh = ({ kind }: EmrLaunch, { emrSshSecurityGroup, emrKeyPair }: EmrLaunchSettings): boolean =>
  emrSshSecurityGroup !== '' && (kind === 'cluster' || emrKeyPair !== '');

const instances = (launch: EmrLaunch, settings: EmrLaunchSettings): JobFlowInstancesConfig => ({
  InstanceFleets: instanceFleets(launch.size, launch.launchSettings),
  Ec2SubnetIds: settings.emrSubnetIds.split(',').filter((id) => id !== ''),
  EmrManagedMasterSecurityGroup: launch.groups.nodes,
  EmrManagedSlaveSecurityGroup: launch.groups.nodes,
  ...(launch.groups.serviceAccess === null ? {} : { ServiceAccessSecurityGroup: launch.groups.serviceAccess }),
  ...(isReachedBySsh(launch, settings) ? { AdditionalMasterSecurityGroups: [settings.emrSshSecurityGroup] } : {}),
  ...(settings.emrKeyPair === '' ? {} : { Ec2KeyName: settings.emrKeyPair }),
  // A run's cluster terminates after its last step; a person's cluster stays.
  KeepJobFlowAliveWhenNoSteps: launch.kind === 'cluster',
  TerminationProtected: false,
});

/** Options and values as a flat argument list. */
export const commandLine = (options: Readonly<Record<`--${string}`, string>>): string[] =>
  Object.entries(options).flat();

const bootstrap = (
  launch: EmrLaunch,
  settings: EmrLaunchSettings,
  { family }: ReleaseParts,
): BootstrapActionConfig => ({
  Name: 'Set up Python, Jupyter and access',
  ScriptBootstrapAction: {
    Path: `${settings.emrScriptsUri}/bootstrap/bootstrap.sh`,
    Args: commandLine({
      // EMR downloads only this file; the script downloads the others.
      '--scripts': settings.emrScriptsUri,
      '--family': family,
      ...launch.bootstrapArguments,
      '--email': launch.ownerEmail,
      '--environment': settings.environment,
    }),
  },
});

/** A step that runs one of our scripts on the master. */
export const scriptStep = (
  name: string,
  {
    region,
    script,
    args = [],
    onFailure,
  }: { region: string; script: string; args?: string[]; onFailure: StepConfig['ActionOnFailure'] },
): StepConfig => ({
  Name: name,
  ActionOnFailure: onFailure,
  HadoopJarStep: {
    Jar: `s3://${region}.elasticmapreduce/libs/script-runner/script-runner.jar`,
    Args: [script, ...args],
  },
});

/**
 * The RunJobFlow input. The cluster's name contains the run token, by which a launch of unknown outcome is found.
 * @throws EmrRefusedLaunch for a release that cannot be used
 */
export const launchRequest = (launch: EmrLaunch, settings: EmrLaunchSettings): RunJobFlowCommandInput => {
  const release = releaseParts(launch.emrRelease, launch.applications);
  return {
    Name: emrName({ ...launch, environment: settings.environment, username: launch.owner }),
    LogUri: `s3://${settings.logsBucket}/${launch.logs}`,
    ReleaseLabel: releaseLabel(launch.emrRelease),
    Applications: release.applications,
    Configurations: release.configurations,
    Instances: instances(launch, settings),
    ServiceRole: settings.emrServiceRole,
    SecurityConfiguration: settings.emrSecurityConfiguration,
    JobFlowRole: launch.instanceProfile,
    BootstrapActions: [bootstrap(launch, settings, release)],
    Steps: launch.steps.map((step) => ({ ...step, Name: `${stepPrefix(settings.environment)}${step.Name}` })),
    Tags: tags(launch, settings),
    EbsRootVolumeSize: NODE_DISKS_GB.root,
    ScaleDownBehavior: 'TERMINATE_AT_TASK_COMPLETION',
    VisibleToAllUsers: true,
  };
};
