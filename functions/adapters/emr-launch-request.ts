import type {
  BootstrapActionConfig,
  JobFlowInstancesConfig,
  RunJobFlowCommandInput,
  StepConfig,
  Tag,
} from '@aws-sdk/client-emr';

import { emrName, stepPrefix, type EmrClusterKind } from '../../shared/domain/emr-name.ts';
import { releaseLabel } from '../../shared/domain/emr-release.ts';
import { NODE_DISKS_GB } from '../../shared/domain/node-disks.ts';
import { instanceFleets } from './emr-instance-fleets.ts';
import type { EmrLaunchSettings } from './emr-launch-settings.ts';
import { releaseParts, type ReleaseParts } from './emr-release-parts.ts';

/** What clusters and runs have in common when EMR is asked for them. */
export interface EmrLaunch {
  readonly kind: EmrClusterKind;
  readonly owner: string;
  readonly ownerEmail: string;
  readonly identifier: string;
  readonly runToken: string;
  readonly emrRelease: string;
  /** What is asked for, as far as the release has it. */
  readonly applications: readonly string[];
  readonly size: number;
  /** What may be done on its instances. */
  readonly instanceProfile: string;
  /** Key prefix in the log bucket. */
  readonly logs: string;
  readonly bootstrapArguments: Parameters<typeof commandLine>[0];
  readonly steps: readonly StepConfig[];
}

/** What tags may hold; a mail address may hold more. */
const NOT_IN_TAGS = /[^\p{L}\p{N} _.:/=+@-]/gu;
const tag = (key: string, value: string): Tag => ({
  Key: key,
  Value: value.replaceAll(NOT_IN_TAGS, '_').slice(0, 256),
});

const tags = (launch: EmrLaunch, { environment }: EmrLaunchSettings): Tag[] => [
  tag('Owner', launch.ownerEmail),
  tag('Name', launch.identifier),
  tag('Environment', environment),
  // IAM lets the portal touch only clusters with this one.
  tag('Application', 'ATMO'),
  tag('App', 'atmo'),
  tag('Type', launch.kind),
  tag('RunToken', launch.runToken),
  // EMR's managed service policy acts on nothing without it.
  tag('for-use-with-amazon-emr-managed-policies', 'true'),
];

const instances = (launch: EmrLaunch, settings: EmrLaunchSettings): JobFlowInstancesConfig => ({
  InstanceFleets: instanceFleets(launch.size, settings),
  Ec2SubnetIds: settings.emrSubnetIds.split(',').filter((id) => id !== ''),
  EmrManagedMasterSecurityGroup: settings.emrMasterSecurityGroup,
  EmrManagedSlaveSecurityGroup: settings.emrCoreSecurityGroup,
  ...(settings.emrServiceAccessSecurityGroup === ''
    ? {}
    : { ServiceAccessSecurityGroup: settings.emrServiceAccessSecurityGroup }),
  ...(settings.emrKeyPair === '' ? {} : { Ec2KeyName: settings.emrKeyPair }),
  // A run's cluster ends with its last step; somebody's cluster waits for them.
  KeepJobFlowAliveWhenNoSteps: launch.kind === 'cluster',
  TerminationProtected: false,
});

/** Options with their values, one after the other. */
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
      // EMR hands on the one file alone; it fetches the others itself.
      '--scripts': settings.emrScriptsUri,
      '--family': family,
      ...launch.bootstrapArguments,
      '--email': launch.ownerEmail,
      // A run keeps to its own node: it would fail with EFS, and a notebook on a schedule has no business in people's homes.
      ...(settings.efsDns === '' || launch.kind === 'job' ? {} : { '--efs-dns': settings.efsDns }),
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
 * EMR's input for a cluster of ours. Its name holds the run token, by which a launch of unknown outcome is found.
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
