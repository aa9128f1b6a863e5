import { TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { announced, jobInput, refusal, START, startRig, step } from './rig.ts';

const after = (seconds: number): Date => new Date(START + seconds * 1000);

describe('the life of a cluster', () => {
  it('goes from STARTING to WAITING and, on request, to TERMINATED', async () => {
    const rig = await startRig();
    const id = await rig.launch();
    expect(await rig.describe(id)).toMatchObject({
      Name: 'atmo-test-cluster-alice-curie-1234-token',
      Status: { State: 'STARTING', StateChangeReason: {}, Timeline: { CreationDateTime: after(0) } },
      ReleaseLabel: 'emr-7.10.0',
      LogUri: 's3n://logs/clusters/curie-1234/',
      AutoTerminate: false,
      NormalizedInstanceHours: 0,
      Tags: [{ Key: 'Owner', Value: 'alice' }],
      ClusterArn: `arn:aws:elasticmapreduce:us-west-2:123456789012:cluster/${id}`,
    });
    expect((await rig.describe(id)).MasterPublicDnsName).toBeUndefined();

    await rig.advance(2);
    const bootstrapping = await rig.describe(id);
    expect(bootstrapping.Status?.State).toBe('BOOTSTRAPPING');
    expect(bootstrapping.MasterPublicDnsName).toMatch(/^ec2-203-0-113-\d+\.us-west-2\.compute\.amazonaws\.com$/);

    await rig.advance(2);
    expect((await rig.describe(id)).Status).toEqual({
      State: 'WAITING',
      StateChangeReason: { Message: 'Cluster ready to run steps.' },
      Timeline: { CreationDateTime: after(0), ReadyDateTime: after(4) },
    });

    await rig.client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    const reason = { Code: 'USER_REQUEST', Message: 'Terminated by user request' };
    expect((await rig.describe(id)).Status).toMatchObject({ State: 'TERMINATING', StateChangeReason: reason });
    await rig.advance(1);
    expect((await rig.describe(id)).Status).toEqual({
      State: 'TERMINATED',
      StateChangeReason: reason,
      Timeline: { CreationDateTime: after(0), ReadyDateTime: after(4), EndDateTime: after(5) },
    });
    expect(rig.problems).toEqual([]);
  });

  it('announces what EMR announces, with its details', async () => {
    const rig = await startRig();
    const id = await rig.launch();
    await rig.advance(4);
    await rig.client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    await rig.advance(1);

    expect(announced(rig)).toEqual(['STARTING', 'WAITING', 'TERMINATED']);
    const named = `${id} (atmo-test-cluster-alice-curie-1234-token)`;
    expect(rig.events[0]).toMatchObject({
      version: '0',
      'detail-type': 'EMR Cluster State Change',
      source: 'aws.emr',
      account: '123456789012',
      region: 'us-west-2',
      time: '2026-03-02T10:00:00Z',
      resources: [],
      detail: {
        severity: 'INFO',
        stateChangeReason: '{"code":""}',
        message: `Amazon EMR cluster ${named} was requested at 2026-03-02 10:00 UTC and is being created.`,
      },
    });
    expect(rig.events.at(-1)?.detail).toEqual({
      severity: 'INFO',
      stateChangeReason: '{"code":"USER_REQUEST","message":"Terminated by user request"}',
      name: 'atmo-test-cluster-alice-curie-1234-token',
      clusterId: id,
      state: 'TERMINATED',
      message: `Amazon EMR Cluster ${named} has terminated at 2026-03-02 10:00 UTC with a reason of USER_REQUEST.`,
    });
  });

  it('ends by itself after its steps, each in turn, whatever time is jumped over', async () => {
    const rig = await startRig();
    const id = await rig.launch(jobInput(step('setup'), step('notebook')));
    await rig.advance(7 * 3600);
    const [setup, notebook] = await rig.steps(id);
    expect(setup?.Status?.Timeline).toEqual({
      CreationDateTime: after(0),
      StartDateTime: after(4),
      EndDateTime: after(5),
    });
    expect(notebook?.Status?.Timeline).toMatchObject({ StartDateTime: after(5), EndDateTime: after(6) });
    expect((await rig.describe(id)).Status).toMatchObject({
      State: 'TERMINATED',
      StateChangeReason: { Code: 'ALL_STEPS_COMPLETED', Message: 'Steps completed' },
      Timeline: { EndDateTime: after(7) },
    });
    expect(announced(rig)).toEqual(['STARTING', 'RUNNING', 'TERMINATED']);
    expect(announced(rig, 'EMR Step Status Change')).toEqual([
      'PENDING',
      'PENDING',
      'RUNNING',
      'COMPLETED',
      'RUNNING',
      'COMPLETED',
    ]);
  });

  it('counts every begun hour of every instance by its size', async () => {
    const rig = await startRig();
    const id = await rig.launch();
    await rig.advance(2);
    // One xlarge (8) and two 2xlarge (16 each).
    expect((await rig.describe(id)).NormalizedInstanceHours).toBe(40);
    await rig.advance(2 * 3600 + 1);
    expect((await rig.describe(id)).NormalizedInstanceHours).toBe(120);
  });

  it('terminates a cluster that was idle too long, counting from its last step', async () => {
    const rig = await startRig();
    const id = await rig.launch({ AutoTerminationPolicy: { IdleTimeout: 600 }, Steps: [step('setup')] });
    await rig.advance(4 + 1 + 599);
    expect((await rig.describe(id)).Status?.StateChangeReason?.Message).toBe(
      'Cluster ready after last step completed.',
    );
    await rig.advance(1);
    expect((await rig.describe(id)).Status?.State).toBe('TERMINATING');
    await rig.advance(1);
    const { Status } = await rig.describe(id);
    expect(Status).toMatchObject({ State: 'TERMINATED', StateChangeReason: { Code: 'USER_REQUEST' } });
    expect(Status?.Timeline?.EndDateTime).toEqual(after(4 + 1 + 600 + 1));
  });

  it('forgets a cluster two months after its end', async () => {
    const rig = await startRig();
    const id = await rig.launch(jobInput());
    await rig.advance(5 + 60 * 86_400 - 1);
    expect((await rig.describe(id)).Status?.State).toBe('TERMINATED');
    await rig.advance(1);
    expect(await refusal(rig.describe(id))).toBe(`InvalidRequestException: Cluster id '${id}' is not valid.`);
    await rig.restart();
    expect(rig.emr.clusters()).toEqual([]);
  });
});
