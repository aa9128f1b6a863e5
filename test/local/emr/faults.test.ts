import { ListClustersCommand, ListInstancesCommand } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { InvalidOrder } from '../../../local/emulation/control-order.ts';
import { bootstrapActions, jobInput, launchInput, refusal, startRig, step, type Rig } from './rig.ts';

const end = async (rig: Rig, id: string): Promise<string> => {
  const { Status } = await rig.describe(id);
  return `${Status?.State ?? ''} ${Status?.StateChangeReason?.Code ?? ''}`;
};

const RATE_EXCEEDED = 'ThrottlingException: Rate exceeded';

/** How many of so many calls at once pass EMR's limits. */
const passing = async (calls: number, call: () => Promise<unknown>): Promise<number> => {
  let passed = 0;
  for (let number = 0; number < calls; number += 1) {
    try {
      await call();
      passed += 1;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ThrottlingException') throw error;
    }
  }
  return passed;
};

describe('rate limits', () => {
  it('let ten launches pass at once and one every two seconds after that', async () => {
    const rig = await startRig();
    rig.emr.control({ rateLimits: true });
    expect(await passing(15, () => rig.launch())).toBe(10);
    await rig.advance(1);
    expect(await refusal(rig.launch())).toBe(RATE_EXCEEDED);
    await rig.advance(1);
    expect(await passing(3, () => rig.launch())).toBe(1);
    await rig.advance(3600);
    expect(await passing(15, () => rig.launch())).toBe(10);
    expect(rig.emr.clusters()).toHaveLength(21);
    expect(rig.emr.calls()).toEqual({ RunJobFlow: 34 });
  });

  it('hold for all calls together too', async () => {
    const rig = await startRig();
    const id = await rig.launch();
    rig.emr.control({ rateLimits: true });
    expect(await passing(20, () => rig.client.send(new ListClustersCommand({})))).toBe(20);
    expect(await passing(10, () => rig.describe(id))).toBe(5);
    await rig.advance(1);
    // Five of all calls came back in a second, but only one DescribeCluster on top of the five not used.
    expect(await passing(10, () => rig.describe(id))).toBe(5);
  });

  it('are taken by the SDK for throttling, which it retries', async () => {
    const rig = await startRig();
    const patient = rig.newClient(3);
    rig.emr.control({ throttle: { ListClusters: 2 } });
    const listing = { isOver: false };
    const listed = patient.send(new ListClustersCommand({})).finally(() => (listing.isOver = true));
    // As long as a busy machine takes for each attempt.
    while (!listing.isOver) {
      await rig.settle();
      await rig.advance(1);
    }
    expect((await listed).Clusters).toEqual([]);
    expect(rig.emr.calls()).toEqual({ ListClusters: 3 });
    patient.destroy();
  });
});

describe('ordered errors', () => {
  it('throttle the next calls of one operation', async () => {
    const rig = await startRig();
    rig.emr.control({ throttle: { RunJobFlow: 2 } });
    expect(await refusal(rig.launch())).toBe(RATE_EXCEEDED);
    expect(await refusal(rig.launch())).toBe(RATE_EXCEEDED);
    await rig.launch();
    expect(rig.emr.clusters()).toHaveLength(1);
  });

  it('fail the next calls before anything was done', async () => {
    const rig = await startRig();
    rig.emr.control({ errorNext: { RunJobFlow: 1 } });
    expect(await refusal(rig.launch())).toMatch(/^InternalServerException: /);
    expect(rig.emr.clusters()).toEqual([]);
    await rig.launch();
  });

  it('fail a launch whose cluster is there all the same', async () => {
    const rig = await startRig();
    rig.emr.control({ errorAfterLaunch: 1 });
    expect(await refusal(rig.launch())).toMatch(/^InternalServerException: /);
    const { Clusters } = await rig.client.send(new ListClustersCommand({}));
    expect(Clusters?.map(({ Name }) => Name)).toEqual(['atmo-test-cluster-alice-curie-1234-token']);
    await rig.launch();
    expect(rig.emr.clusters()).toHaveLength(2);
  });

  it('make clusters vanish from answers and events, and come back', async () => {
    const rig = await startRig();
    const [gone, here] = [await rig.launch(), await rig.launch()];
    rig.emr.control({ forget: gone });
    await rig.advance(4);
    expect(await refusal(rig.describe(gone))).toContain('is not valid');
    const { Clusters } = await rig.client.send(new ListClustersCommand({}));
    expect(Clusters?.map(({ Id }) => Id)).toEqual([here]);
    const waiting = rig.events.filter(({ detail }) => detail['state'] === 'WAITING');
    expect(waiting.map(({ detail }) => detail['clusterId'])).toEqual([here]);
    expect(rig.emr.clusters().map(({ forgotten }) => forgotten)).toEqual([false, true]);

    rig.emr.control({ forget: true });
    expect(await refusal(rig.describe(here))).toContain('is not valid');
    const later = await rig.launch();
    expect((await rig.client.send(new ListClustersCommand({}))).Clusters?.map(({ Id }) => Id)).toEqual([later]);
    rig.emr.control({ forget: false });
    expect((await rig.describe(gone)).Status?.State).toBe('WAITING');
  });

  it('lose events while life goes on', async () => {
    const rig = await startRig();
    rig.emr.control({ loseEvents: true });
    const id = await rig.launch();
    await rig.advance(4);
    expect(await end(rig, id)).toContain('WAITING');
    expect(rig.events).toEqual([]);
    rig.emr.control({ loseEvents: false });
    await rig.launch();
    expect(rig.events).toHaveLength(1);
  });
});

describe('ordered failures', () => {
  it.each([
    ['VALIDATION_ERROR', 3],
    ['INTERNAL_ERROR', 3],
    ['BOOTSTRAP_FAILURE', 5],
    ['INSTANCE_FAILURE', 5],
    ['STEP_FAILURE', 7],
  ] as const)('end the next launched cluster by %s', async (failNext, seconds) => {
    const rig = await startRig();
    rig.emr.control({ failNext });
    const id = await rig.launch(jobInput(step('setup', { ActionOnFailure: 'CONTINUE' }), step('notebook')));
    const next = await rig.launch(jobInput(step('notebook')));
    await rig.advance(seconds);
    expect(await end(rig, id)).toBe(`TERMINATED_WITH_ERRORS ${failNext}`);
    expect((await rig.describe(id)).Status?.Timeline?.EndDateTime).toEqual(new Date(rig.clock.now));
    await rig.advance(3600);
    expect(await end(rig, next)).toBe('TERMINATED ALL_STEPS_COMPLETED');
  });

  it('leave the log of a failed bootstrap action', async () => {
    const rig = await startRig();
    rig.emr.control({ failNext: 'BOOTSTRAP_FAILURE' });
    const id = await rig.launch(bootstrapActions('first', 'second'));
    await rig.advance(4);
    await rig.settle();
    const message = (await rig.describe(id)).Status?.StateChangeReason?.Message ?? '';
    const node = /^On the master instance \((i-[0-9a-f]{17})\), bootstrap action 1 returned/.exec(message)?.[1];
    const folder = `s3://logs/clusters/curie-1234/${id}/node/${node ?? ''}/bootstrap-actions`;
    expect(rig.logs.get(`${folder}/1/stderr.gz`)).toContain('ordered');
    expect(rig.logs.get(`${folder}/1/controller.gz`)).toContain('exit code 1');
    expect(rig.logs.has(`${folder}/2/controller.gz`)).toBe(false);
  });

  it('leave the logs of all bootstrap actions on all instances where none failed', async () => {
    const rig = await startRig();
    const ClusterId = await rig.launch(bootstrapActions('first', 'second'));
    await rig.advance(4);
    await rig.settle();
    const { Instances = [] } = await rig.client.send(new ListInstancesCommand({ ClusterId }));
    const folders = Instances.flatMap(({ Ec2InstanceId }) =>
      ['1', '2'].map(
        (action) => `s3://logs/clusters/curie-1234/${ClusterId}/node/${Ec2InstanceId}/bootstrap-actions/${action}`,
      ),
    );
    expect(Instances).toHaveLength(3);
    expect([...rig.logs.keys()].toSorted()).toEqual(
      folders.flatMap((folder) => ['controller', 'stderr', 'stdout'].map((name) => `${folder}/${name}.gz`)).toSorted(),
    );
    expect(rig.logs.get(`${folders[1]}/controller.gz`)).toContain("Fetch file 's3://emr/second.sh'");
  });
});

const spotFleet = (TimeoutAction: 'SWITCH_TO_ON_DEMAND' | 'TERMINATE_CLUSTER') => ({
  Instances: {
    KeepJobFlowAliveWhenNoSteps: true,
    InstanceFleets: [
      {
        InstanceFleetType: 'MASTER' as const,
        TargetOnDemandCapacity: 1,
        InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }],
      },
      {
        InstanceFleetType: 'CORE' as const,
        TargetSpotCapacity: 2,
        InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }],
        LaunchSpecifications: { SpotSpecification: { TimeoutDurationMinutes: 5, TimeoutAction } },
      },
    ],
  },
});

describe('a shortage of spot capacity', () => {
  it('is waited out by a fleet that falls back to on-demand', async () => {
    const rig = await startRig();
    rig.emr.control({ spotShortage: true });
    const id = await rig.launch(spotFleet('SWITCH_TO_ON_DEMAND'));
    await rig.advance(299);
    expect(await end(rig, id)).toContain('STARTING');
    await rig.advance(1 + 2);
    expect(await end(rig, id)).toContain('WAITING');
    expect(rig.emr.clusters()[0]?.instances[1]?.markets).toEqual(['ON_DEMAND', 'ON_DEMAND']);
  });

  it('ends a fleet that is told so', async () => {
    const rig = await startRig();
    rig.emr.control({ spotShortage: true });
    const id = await rig.launch(spotFleet('TERMINATE_CLUSTER'));
    await rig.advance(301);
    expect(await end(rig, id)).toBe('TERMINATED_WITH_ERRORS INSTANCE_FLEET_TIMEOUT');
  });

  it('holds up a core group until it is over, and does not touch on-demand or task groups', async () => {
    const rig = await startRig();
    rig.emr.control({ spotShortage: true });
    const groups = (InstanceRole: 'CORE' | 'TASK') => {
      const [master, core] = launchInput().Instances?.InstanceGroups ?? [];
      if (master === undefined || core === undefined) throw new Error('two groups are expected');
      const spot = { ...core, InstanceRole, Market: 'SPOT' as const };
      return {
        Instances: {
          KeepJobFlowAliveWhenNoSteps: true,
          InstanceGroups: [master, ...(InstanceRole === 'TASK' ? [core] : []), spot],
        },
      };
    };
    const onDemand = await rig.launch();
    const task = await rig.launch(groups('TASK'));
    const core = await rig.launch(groups('CORE'));
    await rig.advance(3600);
    expect([await end(rig, onDemand), await end(rig, task), await end(rig, core)]).toEqual([
      'WAITING ',
      'WAITING ',
      'STARTING ',
    ]);
    expect(
      rig.emr
        .clusters()
        .find(({ id }) => id === task)
        ?.instances.map(({ markets }) => markets.length),
    ).toEqual([1, 2, 0]);
    rig.emr.control({ spotShortage: false });
    await rig.advance(2);
    expect(await end(rig, core)).toContain('WAITING');
    expect(rig.emr.clusters()[0]?.instances[1]?.markets).toEqual(['SPOT', 'SPOT']);
  });
});

describe('the control', () => {
  it('changes what is named, and says what is in force', async () => {
    const rig = await startRig();
    expect(rig.emr.control({ bootstrapSeconds: 30, startSeconds: 0.5, failNext: 'STEP_FAILURE' })).toMatchObject({
      startSeconds: 0.5,
      bootstrapSeconds: 30,
      terminateSeconds: 1,
      failNext: 'STEP_FAILURE',
      rateLimits: false,
    });
    expect(rig.emr.control({ failNext: null })).toMatchObject({ bootstrapSeconds: 30, failNext: null });
    const id = await rig.launch();
    await rig.advance(30);
    expect(await end(rig, id)).toContain('BOOTSTRAPPING');
    await rig.advance(0.5);
    expect(await end(rig, id)).toContain('WAITING');
  });

  it.each([
    [{ bootstrapSeconds: -1 }, 'bootstrapSeconds'],
    [{ bootstrapsSeconds: 1 }, 'bootstrapsSeconds'],
    [{ throttle: { RunJobFlow: 1.5 } }, 'throttle.RunJobFlow'],
    [{ throttle: { RunJobFlows: 1 } }, 'throttle.RunJobFlows'],
    [{ failNext: 'BAD_LUCK' }, 'failNext'],
    [{ forget: 'everything' }, 'forget'],
    [{ forget: 'j-UNKNOWN' }, 'forget'],
    ['nothing', 'body'],
  ])('refuses %j naming %s', async (order, field) => {
    const rig = await startRig();
    const before = rig.emr.control({});
    let refused: unknown = null;
    try {
      rig.emr.control(order);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(InvalidOrder);
    expect(refused).toMatchObject({ errors: [{ field, message: expect.stringMatching(/\S/) as string }] });
    expect(rig.emr.control({})).toEqual(before);
  });
});
