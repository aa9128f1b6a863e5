import {
  ListBootstrapActionsCommand,
  ListClustersCommand,
  ListInstancesCommand,
  ListStepsCommand,
  TerminateJobFlowsCommand,
  type ListClustersCommandInput,
} from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { refusal, START, startRig, step, type Rig } from './rig.ts';

const list = async (rig: Rig, input: ListClustersCommandInput = {}) => rig.client.send(new ListClustersCommand(input));
const names = async (rig: Rig, input: ListClustersCommandInput): Promise<(string | undefined)[]> =>
  ((await list(rig, input)).Clusters ?? []).map(({ Name }) => Name);

describe('ListClusters', () => {
  it('gives pages of 50, newest first, that a launch or a change of state in between does not shift', async () => {
    const rig = await startRig();
    for (let number = 1; number <= 120; number += 1) await rig.launch({ Name: `cluster-${number}` });
    const filter = { ClusterStates: ['STARTING' as const] };
    const first = await list(rig, filter);
    expect(first.Clusters?.map(({ Name }) => Name)).toEqual(Array.from({ length: 50 }, (_, i) => `cluster-${120 - i}`));

    await rig.launch({ Name: 'in-between' });
    await rig.client.send(new TerminateJobFlowsCommand({ JobFlowIds: [first.Clusters?.at(-1)?.Id ?? ''] }));
    const second = await list(rig, { ...filter, Marker: first.Marker });
    const third = await list(rig, { ...filter, Marker: second.Marker });
    const rest = [...(second.Clusters ?? []), ...(third.Clusters ?? [])].map(({ Name }) => Name);
    expect(rest).toEqual(Array.from({ length: 70 }, (_, i) => `cluster-${70 - i}`));
    expect(second.Clusters).toHaveLength(50);
    expect(third.Marker).toBeUndefined();
  });

  it('filters by state and by time of creation', async () => {
    const rig = await startRig();
    await rig.launch({ Name: 'old' });
    await rig.advance(60);
    await rig.launch({ Name: 'new' });
    expect(await names(rig, { ClusterStates: ['STARTING', 'BOOTSTRAPPING'] })).toEqual(['new']);
    expect(await names(rig, { ClusterStates: ['WAITING'] })).toEqual(['old']);
    expect(await names(rig, { CreatedAfter: new Date(START + 1000) })).toEqual(['new']);
    expect(await names(rig, { CreatedBefore: new Date(START + 1000) })).toEqual(['old']);
    expect(await names(rig, {})).toEqual(['new', 'old']);
  });

  it('refuses a strange marker and an unknown state', async () => {
    const rig = await startRig();
    expect(await refusal(list(rig, { Marker: 'strange' }))).toBe(
      "InvalidRequestException: Marker 'strange' is not valid.",
    );
    expect(await refusal(list(rig, { ClusterStates: ['ASLEEP' as 'WAITING'] }))).toBe(
      "ValidationException: 1 validation error detected: Value 'ASLEEP' at 'clusterStates.1.member' failed to satisfy " +
        'constraint: Member must satisfy enum value set: [STARTING, BOOTSTRAPPING, RUNNING, WAITING, TERMINATING, ' +
        'TERMINATED, TERMINATED_WITH_ERRORS]',
    );
  });
});

describe('ListSteps', () => {
  it('gives pages of 50, newest first, or the steps asked for', async () => {
    const rig = await startRig();
    const ClusterId = await rig.launch({ Steps: Array.from({ length: 60 }, (_, i) => step(`step-${i}`)) });
    const first = await rig.client.send(new ListStepsCommand({ ClusterId }));
    const second = await rig.client.send(new ListStepsCommand({ ClusterId, Marker: first.Marker }));
    expect([...(first.Steps ?? []), ...(second.Steps ?? [])].map(({ Name }) => Name)).toEqual(
      Array.from({ length: 60 }, (_, i) => `step-${59 - i}`),
    );
    expect(first.Steps).toHaveLength(50);
    expect(second.Marker).toBeUndefined();

    const StepIds = [first.Steps?.[0]?.Id ?? '', first.Steps?.[1]?.Id ?? ''];
    const chosen = await rig.client.send(new ListStepsCommand({ ClusterId, StepIds }));
    expect(chosen.Steps?.map(({ Name }) => Name)).toEqual(['step-58', 'step-59']);
    await rig.advance(4);
    const running = await rig.client.send(new ListStepsCommand({ ClusterId, StepStates: ['RUNNING'] }));
    expect(running.Steps?.map(({ Name }) => Name)).toEqual(['step-0']);
    expect(await refusal(rig.client.send(new ListStepsCommand({ ClusterId, StepIds: ['s-NONE'] })))).toBe(
      "InvalidRequestException: Step id 's-NONE' is not valid.",
    );
  });
});

describe('instances', () => {
  it('of groups are listed as they come and go', async () => {
    const rig = await startRig();
    const ClusterId = await rig.launch();
    expect((await rig.client.send(new ListInstancesCommand({ ClusterId }))).Instances).toEqual([]);
    await rig.advance(4);
    const core = await rig.client.send(new ListInstancesCommand({ ClusterId, InstanceGroupTypes: ['CORE'] }));
    expect(core.Instances).toHaveLength(2);
    expect(core.Instances?.[0]).toMatchObject({ InstanceType: 'm5.2xlarge', Status: { State: 'RUNNING' } });
    expect(core.Instances?.[0]?.PrivateDnsName).toMatch(/^ip-10-0-\d+-\d+\.us-west-2\.compute\.internal$/);
    const master = await rig.client.send(new ListInstancesCommand({ ClusterId, InstanceGroupTypes: ['MASTER'] }));
    expect(master.Instances?.[0]?.PublicDnsName).toBe((await rig.describe(ClusterId)).MasterPublicDnsName);
  });

  it('of fleets fill the target capacity by weight', async () => {
    const rig = await startRig();
    const ClusterId = await rig.launch({
      Instances: {
        KeepJobFlowAliveWhenNoSteps: true,
        InstanceFleets: [
          {
            InstanceFleetType: 'MASTER',
            TargetOnDemandCapacity: 1,
            InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }],
          },
          {
            InstanceFleetType: 'CORE',
            TargetSpotCapacity: 6,
            InstanceTypeConfigs: [{ InstanceType: 'm5.2xlarge', WeightedCapacity: 2 }],
          },
        ],
      },
    });
    await rig.advance(4);
    expect((await rig.describe(ClusterId)).InstanceCollectionType).toBe('INSTANCE_FLEET');
    const core = await rig.client.send(new ListInstancesCommand({ ClusterId, InstanceFleetType: 'CORE' }));
    expect(core.Instances?.map(({ Market }) => Market)).toEqual(['SPOT', 'SPOT', 'SPOT']);
  });
});

describe('the rest', () => {
  it('keeps tags, bootstrap actions and configurations', async () => {
    const rig = await startRig();
    const ScriptBootstrapAction = { Path: 's3://emr/bootstrap.sh', Args: ['--timeout', '8'] };
    const Configurations = [{ Classification: 'spark', Properties: { maximizeResourceAllocation: 'true' } }];
    const id = await rig.launch({ BootstrapActions: [{ Name: 'people', ScriptBootstrapAction }], Configurations });
    expect(await rig.describe(id)).toMatchObject({ Tags: [{ Key: 'Owner', Value: 'alice' }], Configurations });
    const actions = await rig.client.send(new ListBootstrapActionsCommand({ ClusterId: id }));
    expect(actions.BootstrapActions).toEqual([
      { Name: 'people', ScriptPath: 's3://emr/bootstrap.sh', Args: ['--timeout', '8'] },
    ]);
    expect(rig.emr.clusters()).toMatchObject([
      {
        id,
        tags: { Owner: 'alice' },
        bootstrapActions: [{ name: 'people', args: ['--timeout', '8'] }],
        forgotten: false,
      },
    ]);
  });
});
