import { beforeEach, describe, expect, it } from 'vitest';

import { emrClusterLaunch } from '../../functions/adapters/emr-cluster-launch.ts';
import { absentEngine } from '../../functions/adapters/absent-engine.ts';
import { emrOnEc2 } from '../../functions/adapters/emr-on-ec2.ts';
import { quotaReservations } from '../../functions/access/quota-reservations.ts';
import { clusterLifecycle } from '../../functions/clusters/cluster-lifecycle.ts';
import { clusterToView } from '../../functions/clusters/cluster-view.ts';
import { launchCluster } from '../../functions/clusters/launch-cluster.ts';
import { terminateCluster } from '../../functions/clusters/terminate-cluster.ts';
import { pause } from '../../functions/workloads/retry-while-throttled.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { newId, newRunToken } from '../../functions/runtime/tokens.ts';
import { emrEventIn } from '../../functions/upkeep/emr-event.ts';
import { findOrphans } from '../../functions/upkeep/find-orphans.ts';
import { reconcileEmrEvent } from '../../functions/upkeep/reconcile-emr-event.ts';
import { syncWithEmr } from '../../functions/upkeep/sync-with-emr.ts';
import { terminateExpired } from '../../functions/upkeep/terminate-expired.ts';
import { SEED_EMR_RELEASES, withFacts } from '../../shared/domain/emr-release.ts';
import { ALICE } from '../fakes/cluster.ts';
import { LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { budgetWorld } from '../fakes/budget-world.ts';
import { fakeClusterNetwork } from '../fakes/fake-cluster-network.ts';
import { fakeAuditTrail } from '../fakes/fake-audit-trail.ts';
import { fakeClusterRepository } from '../fakes/fake-cluster-repository.ts';
import { ENVIRONMENT } from '../fakes/fake-emr.ts';
import { fakeGrantRepository } from '../fakes/fake-grant-repository.ts';
import { fakeLaunchSlots } from '../fakes/fake-launch-slots.ts';
import { fakeOwnActs } from '../fakes/fake-own-acts.ts';
import { fakeReservationRepository } from '../fakes/fake-reservation-repository.ts';
import { fakeHomeDirectories } from '../fakes/fake-home-directories.ts';
import { fakeSshKeyRepository } from '../fakes/fake-ssh-key-repository.ts';
import { PRICING } from '../fakes/pricing.ts';
import { flat } from '../fakes/workload.ts';
import { readFake, quotaRules } from '../fakes/settings.ts';
import { fakeLaunchPause } from '../fakes/fake-launch-pause.ts';
import { startRig } from '../local/emr/rig.ts';

const REQUEST = {
  identifier: 'eager-curie-0001',
  size: 2,
  lifetime: 8,
  sshKeyId: 'key',
  emrRelease: '7.10.0',
  idleHours: 1,
};

/** The portal's clusters on a local EMR, over EMR's own protocol and with EMR's own events. */
const startPortal = async () => {
  const rig = await startRig();
  const clock = systemClock;
  const clusters = fakeClusterRepository();
  const quotas = quotaReservations({ reservations: fakeReservationRepository(), quotaRules, clock });
  const { budgets } = budgetWorld(clock);
  const launchPause = fakeLaunchPause();
  const sshKeys = fakeSshKeyRepository(SSH_KEY);
  const engines = {
    cluster: emrOnEc2(ENVIRONMENT, { client: rig.client }),
    serverless: absentEngine,
    connect: absentEngine,
  };
  const toView = clusterToView({ allowsSsh: true, jupyterUrl: 'http://localhost:8888' });
  const acts = fakeOwnActs();
  const audit = fakeAuditTrail();
  const lifecycle = clusterLifecycle({
    clusters,
    quotas,
    budgets,
    sshKeys,
    engines,
    network: fakeClusterNetwork(),
    launchPause,
    homes: fakeHomeDirectories(clock),
    launches: { cluster: emrClusterLaunch(LAUNCH_SETTINGS, rig.client) },
    acts,
    clock,
    retryTiming: { pause, random: () => 0 },
    newRunToken,
  });
  const { owning } = lifecycle;
  const sources = [lifecycle.source];
  const reconcileEvent = reconcileEmrEvent({
    sources,
    meter: { ofEnded: async () => undefined },
    environment: ENVIRONMENT,
  });
  const launch = launchCluster({
    clusters,
    quotas,
    budgets,
    sshKeys,
    releases: { all: async () => withFacts(SEED_EMR_RELEASES) },
    lifecycle,
    toView,
    audit,
    clock,
    pricing: PRICING,
    launchPause,
    settings: readFake(),
    quotaRules,
    newId,
    newRunToken,
    launchSlots: fakeLaunchSlots(clock),
    pause,
  });
  const terminate = terminateCluster({ clusters, grants: fakeGrantRepository(), lifecycle, toView, audit, clock });
  return {
    rig,
    clusters,
    launch: () => launch(REQUEST, ALICE),
    terminate: (id: string) => terminate({ id }, ALICE),
    sync: syncWithEmr({ sources, engines, clock }),
    terminateExpired: terminateExpired({
      kind: 'cluster',
      repository: clusters,
      owning,
      engines,
      acts,
      clock,
    }),
    findOrphans: findOrphans({ sources, engines, acts, clock }),
    /** Delivers the events that EMR has sent so far, in the order given. */
    deliver: async (inOrder: (events: readonly unknown[]) => readonly unknown[] = (events) => events) => {
      for (const event of inOrder(rig.events.splice(0))) {
        const known = emrEventIn(event);
        if (known === null) throw new Error(`EMR sent something unknown: ${JSON.stringify(event)}`);
        await reconcileEvent(known);
      }
    },
  };
};

describe('a cluster’s life', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  beforeEach(async () => {
    portal = await startPortal();
  });
  const cluster = async () => {
    const [only, ...others] = (await portal.clusters.list('all', null, { limit: 10 })).items;
    if (only === undefined || others.length > 0) throw new Error('There is not exactly one cluster');
    return flat(only);
  };

  it.each([
    ['in order', (events: readonly unknown[]) => events],
    ['backwards', (events: readonly unknown[]) => events.toReversed()],
    ['twice', (events: readonly unknown[]) => [...events, ...events]],
  ])('follows EMR’s events %s', async (_how, inOrder) => {
    const { id } = await portal.launch();
    await portal.rig.advance(600);
    await portal.deliver(inOrder);
    const ready = await cluster();
    expect(ready).toMatchObject({ status: 'WAITING', masterAddress: expect.stringContaining('ec2-') });
    expect(ready.readyAt?.slice(0, 16)).toBe('2026-03-02T10:00');

    await portal.terminate(id);
    await portal.rig.advance(600);
    await portal.deliver(inOrder);
    expect(await cluster()).toMatchObject({
      status: 'TERMINATED',
      reason: { code: 'USER_REQUEST' },
      termination: { by: 'alice' },
    });
    expect(portal.rig.emr.calls()).toMatchObject({ RunJobFlow: 1, DescribeCluster: 1, TerminateJobFlows: 1 });
  });

  it('is followed by the sweep alone where every event is lost', async () => {
    portal.rig.emr.control({ loseEvents: true });
    await portal.launch();
    await portal.rig.advance(300);
    await portal.sync();
    expect(await cluster()).toMatchObject({ status: 'WAITING', masterAddress: expect.stringContaining('ec2-') });
    await portal.rig.advance(8 * 3600);
    await portal.terminateExpired();
    await portal.rig.advance(300);
    await portal.sync();
    expect(await cluster()).toMatchObject({
      status: 'TERMINATED',
      reason: { code: 'USER_REQUEST' },
      termination: { by: 'ATMO', reason: 'expired' },
    });
    expect(portal.rig.emr.calls()).toMatchObject({ DescribeCluster: 1 });
  });

  it('begins once where EMR launches and answers with an error, and the sweep adopts it', async () => {
    portal.rig.emr.control({ errorAfterLaunch: 1, loseEvents: true });
    expect(await portal.launch()).toMatchObject({ status: 'LAUNCHING', jobflowId: null });
    await portal.rig.advance(300);
    await portal.sync();
    const [launched] = portal.rig.emr.clusters();
    expect(await cluster()).toMatchObject({ status: 'WAITING', emrId: launched?.id });
    for (let n = 0; n < 5; n += 1) {
      await portal.rig.advance(300);
      await portal.sync();
      await portal.findOrphans();
    }
    expect(portal.rig.emr.clusters()).toMatchObject([{ state: 'WAITING' }]);
    expect(portal.rig.emr.calls()).toMatchObject({ RunJobFlow: 1 });
  });

  it('is launched again after ten minutes where EMR answered with an error and launched nothing', async () => {
    portal.rig.emr.control({ errorNext: { RunJobFlow: 1 } });
    const { id } = await portal.launch();
    for (let n = 0; n < 3; n += 1) {
      await portal.rig.advance(300);
      await portal.sync();
    }
    expect(await cluster()).toMatchObject({ id, status: 'WAITING' });
    expect(portal.rig.emr.clusters()).toHaveLength(1);
  });

  it('leaves no second cluster running where the first call comes to life after it was given up', async () => {
    portal.rig.emr.control({ errorAfterLaunch: 1, forget: true, loseEvents: true });
    await portal.launch();
    portal.rig.emr.control({ forget: true });
    for (let n = 0; n < 3; n += 1) {
      await portal.rig.advance(300);
      await portal.sync();
    }
    portal.rig.emr.control({ forget: false });
    expect(portal.rig.emr.clusters()).toHaveLength(2);
    await portal.rig.advance(900);
    await portal.findOrphans();
    await portal.rig.advance(300);
    const { emrId } = await cluster();
    expect(portal.rig.emr.clusters().filter(({ state }) => state === 'WAITING')).toMatchObject([{ id: emrId }]);
  });

  it('ends as failed where EMR forgets it', async () => {
    await portal.launch();
    await portal.rig.advance(900);
    await portal.deliver();
    portal.rig.emr.control({ forget: true });
    await portal.sync();
    await portal.rig.advance(300);
    await portal.sync();
    expect(await cluster()).toMatchObject({
      status: 'TERMINATED_WITH_ERRORS',
      reason: { message: 'EMR no longer knows this cluster.' },
    });
  });

  it('tells the reason of a failed bootstrap', async () => {
    portal.rig.emr.control({ failNext: 'BOOTSTRAP_FAILURE' });
    await portal.launch();
    await portal.rig.advance(600);
    await portal.deliver();
    expect(await cluster()).toMatchObject({
      status: 'TERMINATED_WITH_ERRORS',
      reason: { code: 'BOOTSTRAP_FAILURE' },
      readyAt: null,
    });
  });
});
