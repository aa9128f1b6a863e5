import { describe, expect, it } from 'vitest';

import { launchRequest, type EmrLaunch } from '../../../functions/adapters/emr-launch-request.ts';
import { GROUPS, LAUNCH_SETTINGS } from '../../fakes/emr-launch.ts';
import { LAUNCHED_WITH, SPOT } from '../../fakes/settings.ts';
import { PORTAL_TAGS } from '../../../shared/domain/accounting-tags.ts';

const LAUNCH: EmrLaunch = {
  kind: 'cluster',
  owner: 'alice',
  ownerEmail: 'alice@example.com',
  identifier: 'eager-curie-0001',
  runToken: '0123456789',
  emrRelease: '7.10.0',
  applications: ['Hadoop', 'Hive', 'Spark', 'Zeppelin'],
  instanceProfile: 'atmo-test-emr-cluster',
  size: 1,
  groups: GROUPS,
  launchSettings: LAUNCHED_WITH,
  logs: 'clusters/eager-curie-0001/x/',
  bootstrapArguments: { '--public-key': 'ssh-ed25519 AAAA' },
  steps: [],
};

const request = (launch: Partial<EmrLaunch> = {}, settings: Partial<typeof LAUNCH_SETTINGS> = {}) =>
  launchRequest({ ...LAUNCH, ...launch }, { ...LAUNCH_SETTINGS, ...settings });

describe('what EMR is asked for', () => {
  it('is a cluster whose name, tags and logs say whose and what it is', () => {
    const { Name, LogUri, ReleaseLabel, Tags, Applications } = request();
    expect(Name).toBe('atmo-test-cluster-alice-eager-curie-0001-0123456789');
    expect(LogUri).toBe('s3://atmo-test-logs/clusters/eager-curie-0001/x/');
    expect(ReleaseLabel).toBe('emr-7.10.0');
    expect(Applications?.map((application) => application.Name)).toEqual(['Hadoop', 'Hive', 'Spark', 'Zeppelin']);
    expect(Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value]))).toEqual({
      Owner: 'alice@example.com',
      Name: 'eager-curie-0001',
      Environment: 'test',
      Application: 'ATMO',
      App: 'atmo',
      Type: 'cluster',
      RunToken: '0123456789',
      'for-use-with-amazon-emr-managed-policies': 'true',
    });
  });

  it('carries the company’s accounting tags beside the portal’s own', () => {
    const accountingTags = { CostCenter: '4711', 'billing:team': 'Data & Co' };
    const { Tags = [] } = request({ launchSettings: { ...LAUNCHED_WITH, accountingTags } });
    expect(Tags).toContainEqual({ Key: 'CostCenter', Value: '4711' });
    expect(Tags).toContainEqual({ Key: 'Application', Value: 'ATMO' });
    expect(new Set(Tags.map(({ Key }) => Key))).toEqual(new Set([...PORTAL_TAGS, 'CostCenter', 'billing:team']));
  });

  it('is only what the release has, each with its own configuration', () => {
    const parts = (launch: Partial<EmrLaunch>) => {
      const { ReleaseLabel, Applications, Configurations, BootstrapActions } = request(launch);
      return {
        label: ReleaseLabel,
        applications: Applications?.map(({ Name }) => Name),
        zeppelin: Configurations?.filter(({ Classification = '' }) => Classification.startsWith('zeppelin')).length,
        spark: Configurations?.some(({ Classification }) => Classification === 'spark-defaults'),
        family: BootstrapActions?.[0]?.ScriptBootstrapAction?.Args?.[3],
      };
    };
    expect(parts({ emrRelease: 'spark-8.0.0' })).toEqual({
      label: 'emr-spark-8.0.0',
      applications: ['Spark'],
      zeppelin: 0,
      spark: true,
      family: 'emr-spark-8.x',
    });
    expect(parts({ applications: ['Hadoop', 'Spark'] })).toMatchObject({
      applications: ['Hadoop', 'Spark'],
      zeppelin: 0,
      spark: true,
    });
    expect(parts({})).toMatchObject({ zeppelin: 2, family: 'emr-7.x' });
  });

  it('is refused for a release that cannot bootstrap', () => {
    expect(() => request({ emrRelease: '6.15.0' })).toThrow(/6\.15\.0 is too old.*from 7\.0\.0 on/);
  });

  it('has a master alone for size 1', () => {
    expect(request().Instances?.InstanceFleets).toMatchObject([
      { InstanceFleetType: 'MASTER', TargetOnDemandCapacity: 1, InstanceTypeConfigs: [{ InstanceType: 'm7g.xlarge' }] },
    ]);
  });

  it('leaves a node of 16 GB that is alone what its own services need', () => {
    const onMaster = (size: number, masterInstanceType = 'm7g.xlarge') =>
      request({ size, launchSettings: { ...LAUNCHED_WITH, masterInstanceType } }).Instances?.InstanceFleets?.[0]
        ?.InstanceTypeConfigs?.[0]?.Configurations;
    expect(onMaster(1)).toMatchObject([{ Properties: { 'yarn.nodemanager.resource.memory-mb': '8192' } }]);
    expect(onMaster(2)).toBeUndefined();
    expect(onMaster(1, 'r7g.2xlarge')).toBeUndefined();
  });

  it('has on-demand workers above that', () => {
    const { InstanceFleets: fleets } = request({ size: 3 }).Instances ?? {};
    expect(fleets).toHaveLength(2);
    expect(fleets?.[1]).toMatchObject({
      TargetOnDemandCapacity: 3,
      InstanceTypeConfigs: [{ InstanceType: 'm7g.2xlarge' }],
    });
    expect(fleets?.[1]).not.toHaveProperty('TargetSpotCapacity');
  });

  it.each([
    [1, []],
    [2, [1, 1]],
    [3, [1, 2]],
    [4, [2, 2]],
    [30, [10, 20]],
  ])('keeps one worker of %i in three on demand where spot is on', (size, expected) => {
    const [, core, task] =
      request({ size, launchSettings: { ...LAUNCHED_WITH, spot: SPOT } }).Instances?.InstanceFleets ?? [];
    const capacities = [core?.TargetOnDemandCapacity, task?.TargetSpotCapacity];
    expect(capacities.filter((capacity) => capacity !== undefined)).toEqual(expected);
  });

  it('has the others in a fleet of similar types that falls back to on-demand', () => {
    const launchSettings = { ...LAUNCHED_WITH, spot: { ...SPOT, maximumPricePercent: 70 } };
    const [, core, task] = request({ size: 3, launchSettings }).Instances?.InstanceFleets ?? [];
    expect(core).toMatchObject({ InstanceFleetType: 'CORE', TargetOnDemandCapacity: 1 });
    expect(core).not.toHaveProperty('TargetSpotCapacity');
    expect(task).toMatchObject({
      InstanceFleetType: 'TASK',
      InstanceTypeConfigs: ['m7g', 'm6g', 'm8g', 'r6g'].map((family) => ({
        InstanceType: `${family}.2xlarge`,
        WeightedCapacity: 1,
        BidPriceAsPercentageOfOnDemandPrice: 70,
      })),
      LaunchSpecifications: {
        SpotSpecification: {
          TimeoutDurationMinutes: 5,
          TimeoutAction: 'SWITCH_TO_ON_DEMAND',
          AllocationStrategy: 'price-capacity-optimized',
        },
      },
    });
    expect(task).not.toHaveProperty('TargetOnDemandCapacity');
  });

  it('waits for a person and ends with a run', () => {
    expect(request().Instances?.KeepJobFlowAliveWhenNoSteps).toBe(true);
    expect(request({ kind: 'job' }).Instances?.KeepJobFlowAliveWhenNoSteps).toBe(false);
  });

  it('lies in the subnets of the deployment and in the groups of its person, with a key pair only where there is one', () => {
    const plain = request({}, { emrSubnetIds: 'subnet-1,subnet-2' }).Instances;
    expect(plain).toMatchObject({
      Ec2SubnetIds: ['subnet-1', 'subnet-2'],
      EmrManagedMasterSecurityGroup: 'sg-alices',
      EmrManagedSlaveSecurityGroup: 'sg-alices',
    });
    for (const name of ['Ec2KeyName', 'ServiceAccessSecurityGroup', 'AdditionalMasterSecurityGroups'])
      expect(plain).not.toHaveProperty(name);
    const groups = { nodes: 'sg-alices', serviceAccess: 'sg-service' };
    expect(request({ groups }, { emrKeyPair: 'rescue' }).Instances).toMatchObject({
      Ec2KeyName: 'rescue',
      ServiceAccessSecurityGroup: 'sg-service',
    });
  });

  it.each([
    ['cluster', '', ['sg-ssh']],
    // Nobody has a key for the nodes of a run, but operators where they named one.
    ['job', '', undefined],
    ['job', 'rescue', ['sg-ssh']],
  ] as const)('is reached by ssh where somebody has a key: %s with key pair "%s"', (kind, emrKeyPair, expected) => {
    const { Instances } = request({ kind }, { emrKeyPair, emrSshSecurityGroup: 'sg-ssh' });
    expect(Instances?.AdditionalMasterSecurityGroups).toEqual(expected);
    expect(Instances).not.toHaveProperty('AdditionalSlaveSecurityGroups');
  });

  it('hands the bootstrap action each value as one argument', () => {
    expect(request().BootstrapActions?.[0]?.ScriptBootstrapAction).toEqual({
      Path: 's3://atmo-test-emr/scripts/0123abcd/bootstrap/bootstrap.sh',
      Args: [
        ...['--scripts', 's3://atmo-test-emr/scripts/0123abcd', '--family', 'emr-7.x'],
        ...['--public-key', 'ssh-ed25519 AAAA', '--email', 'alice@example.com'],
        ...['--environment', 'test'],
      ],
    });
  });

  it('has a name that EMR accepts, for any username', () => {
    const owner = `${'a$b|c`<d>'.repeat(40)}@example.org`;
    const { Name = '', Tags } = request({ owner, ownerEmail: owner, identifier: 'i'.repeat(100) });
    expect(Name.length).toBeLessThanOrEqual(256);
    expect(Name).not.toMatch(/[<>$|`]/);
    expect(Name).toMatch(/-i{100}-0123456789$/);
    for (const { Value = '' } of Tags ?? []) expect(Value).toMatch(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u);
  });
});
