import { RunJobFlowCommand, TerminateJobFlowsCommand, type RunJobFlowCommandInput } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { launchInput, refusal, startRig } from './rig.ts';

type Instances = NonNullable<RunJobFlowCommandInput['Instances']>;
type Group = NonNullable<Instances['InstanceGroups']>[number];
type Fleet = NonNullable<Instances['InstanceFleets']>[number];

const master: Group = { InstanceRole: 'MASTER', InstanceType: 'm5.xlarge', InstanceCount: 1 };
const masterFleet: Fleet = {
  InstanceFleetType: 'MASTER',
  TargetOnDemandCapacity: 1,
  InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }],
};
const groups = (...InstanceGroups: Group[]): Partial<RunJobFlowCommandInput> => ({ Instances: { InstanceGroups } });
const fleets = (...InstanceFleets: Fleet[]): Partial<RunJobFlowCommandInput> => ({ Instances: { InstanceFleets } });

const missing = (member: string): string =>
  `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`;

const refusals: [string, Partial<RunJobFlowCommandInput>, string][] = [
  ['no name', { Name: undefined }, missing('name')],
  ['no instances', { Instances: undefined }, missing('instances')],
  ['an unknown release', { ReleaseLabel: 'emr-9.9.9' }, 'The supplied release label is invalid: emr-9.9.9.'],
  [
    'no release',
    { ReleaseLabel: undefined },
    'Must specify exactly one of the following: release label, AMI version, or Hadoop version.',
  ],
  ['no service role', { ServiceRole: undefined }, 'ServiceRole is required for creating cluster.'],
  ['no instance profile', { JobFlowRole: undefined }, 'InstanceProfile is required for creating cluster.'],
  [
    'an unknown application',
    { Applications: [{ Name: 'spark' }, { Name: 'Jupiter' }] },
    'Specified applications: Jupiter not found. Exclude the application or check spelling and retry.',
  ],
  [
    'an application that the release lacks',
    { ReleaseLabel: 'emr-spark-8.0.0', Applications: [{ Name: 'Spark' }, { Name: 'Hadoop' }, { Name: 'Zeppelin' }] },
    'Specified applications: Hadoop, Zeppelin not found. Exclude the application or check spelling and retry.',
  ],
  ['logs outside S3', { LogUri: '/var/log' }, 'Invalid S3 URI for the log location: /var/log'],
  [
    'empty instances',
    { Instances: {} },
    'Please configure instances using one and only one of the following: instance groups; instance fleets; ' +
      'instance count, master and slave instance type.',
  ],
  [
    'no master',
    groups({ ...master, InstanceRole: 'CORE' }),
    'No master instance groups were supplied; you must specify exactly one master instance group. Revise the ' +
      'configuration and resubmit.',
  ],
  [
    'two masters',
    groups(master, master),
    'Multiple master instance groups supplied, you must specify exactly one master instance group',
  ],
  [
    'tasks without a core',
    groups(master, { ...master, InstanceRole: 'TASK' }),
    'Clusters with task instance groups must also define core instance groups.',
  ],
  ['an empty group', groups({ ...master, InstanceCount: 0 }), 'An instance group must have at least one instance'],
  ['a strange type', groups({ ...master, InstanceType: 'big' }), "Instance type 'big' is not supported."],
  [
    'a price for on-demand',
    groups({ ...master, BidPrice: '0.1' }),
    'Attempted to set bid price for on demand instance group.',
  ],
  [
    'an unknown market',
    groups({ ...master, Market: 'FLEA' as 'SPOT' }),
    "1 validation error detected: Value 'FLEA' at 'instances.instanceGroups.1.member.market' failed to satisfy " +
      'constraint: Member must satisfy enum value set: [ON_DEMAND, SPOT]',
  ],
  [
    'a master fleet of two',
    fleets({ ...masterFleet, TargetOnDemandCapacity: 2 }),
    'A master instance fleet can only have a target capacity of 1. Revise the configuration and resubmit.',
  ],
  [
    'several subnets for groups',
    { Instances: { InstanceGroups: [master], Ec2SubnetIds: ['subnet-1', 'subnet-2'] } },
    'Only one subnet may be specified for clusters configured with instance groups or instance count, master and ' +
      'slave instance type. Revise the configuration and resubmit.',
  ],
];

describe('RunJobFlow', () => {
  it.each(refusals)('refuses %s', async (_what, changes, message) => {
    const rig = await startRig();
    const call = rig.client.send(new RunJobFlowCommand(launchInput(changes)));
    expect(await refusal(call)).toBe(`ValidationException: ${message}`);
    expect(rig.emr.clusters()).toEqual([]);
    expect(rig.events).toEqual([]);
  });

  it('takes a fleet with several subnets, and plain types and a count', async () => {
    const rig = await startRig();
    await rig.launch({ Instances: { InstanceFleets: [masterFleet], Ec2SubnetIds: ['subnet-1', 'subnet-2'] } });
    await rig.launch({
      Instances: { MasterInstanceType: 'm5.xlarge', SlaveInstanceType: 'r5.4xlarge', InstanceCount: 4 },
    });
    await rig.advance(2);
    expect(rig.emr.clusters().map(({ instances }) => instances.map(({ markets }) => markets.length))).toEqual([
      [1, 3],
      [1],
    ]);
  });
});

describe('unknown clusters', () => {
  it('are refused in the words of each half of the API', async () => {
    const rig = await startRig();
    const id = await rig.launch();
    expect(await refusal(rig.describe('j-NONE'))).toBe("InvalidRequestException: Cluster id 'j-NONE' is not valid.");
    const terminate = rig.client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id, 'j-NONE'] }));
    expect(await refusal(terminate)).toBe('ValidationException: Specified job flow ID not valid.');
    expect((await rig.describe(id)).Status?.State).toBe('STARTING');
  });
});
