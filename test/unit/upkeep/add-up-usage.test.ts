import { describe, expect, it } from 'vitest';

import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { sumOf } from '../../../shared/domain/usage-report.ts';
import { costOfWorkload } from '../../../shared/domain/workload-cost.ts';
import { at, readyCluster } from '../../fakes/cluster.ts';
import { JOB_RUN_EMR_ID, jobOnServerless } from '../../fakes/serverless-run.ts';
import { claimedJob, finishedJob, runningJob, runOf } from '../../fakes/spark-job.ts';
import { upkeepWorld, type UpkeepWorld } from '../../fakes/upkeep-world.ts';
import { flat } from '../../fakes/workload.ts';

const ended = (clusterId: string, name: string, time: string) => ({
  source: 'aws.emr',
  'detail-type': 'EMR Cluster State Change',
  time,
  detail: {
    clusterId,
    name,
    state: 'TERMINATED',
    stateChangeReason: JSON.stringify({ code: 'USER_REQUEST', message: 'Terminated by user request' }),
  },
});

const all = (world: UpkeepWorld) => world.usage.ofEverybody('2026-11-01', '2026-11-30');
const total = async (world: UpkeepWorld) => sumOf(await all(world));
const NAME = 'atmo-test-cluster-alice-eager-curie-0001-0123456789';

describe('adding up usage', () => {
  it('counts what runs up to now, again and again, once', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()], jobs: [runningJob()] });
    await world.addUpUsage();
    const once = await all(world);
    expect(sumOf(once)).toMatchObject({ clusters: 1, runs: 1 });
    expect(await world.addUpUsage()).toBe(2);
    expect(await all(world)).toEqual(once);
    world.clock.advance(60);
    await world.addUpUsage();
    expect((await total(world)).hours).toBeCloseTo(sumOf(once).hours + 2, 3);
  });

  it('counts nothing that EMR never had', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ startedAt: null, status: 'LAUNCHING', emrId: null })] });
    await world.addUpUsage();
    expect(await all(world)).toEqual([]);
  });

  it('has what a cluster cost with the event of its end, and its normalized hours from EMR with the next sweep', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    world.put('j-1', { name: NAME, state: 'TERMINATED', normalizedInstanceHours: 16, finishedAt: at('06:39:00') });
    await world.event(ended('j-1', NAME, '2026-11-23T06:39:00Z'));
    const cost = costOfWorkload((await world.clusters.get('c1')).workload).soFar;
    expect(await total(world)).toMatchObject({ clusters: 1, cost, normalizedInstanceHours: 0 });
    expect(await world.clusters.get('c1')).toMatchObject({ usageClosedAt: null });

    await world.event(ended('j-1', NAME, '2026-11-23T06:39:00Z'));
    await world.addUpUsage();
    expect(await total(world)).toMatchObject({ clusters: 1, cost, normalizedInstanceHours: 16 });
    expect(flat(await world.clusters.get('c1'))).toMatchObject({
      usageClosedAt: at('06:40:00'),
      normalizedInstanceHours: 16,
    });
    const { describe: described } = world.calls;
    const before = described.length;
    expect(await world.addUpUsage()).toBe(0);
    expect(described.length).toBe(before);
  });

  it('asks EMR Serverless what it billed until it says so', async () => {
    const over = jobOnServerless({ status: 'SUCCESS', outcome: 'succeeded', finishedAt: at('06:30:00') });
    const world = upkeepWorld({ jobs: [over] });
    await world.history.record(runOf(over));
    world.put(JOB_RUN_EMR_ID, { state: 'SUCCESS', billed: null });
    await world.addUpUsage();
    // The rate of all its workers, for as long as it took.
    expect(await total(world)).toMatchObject({ runs: 1, cost: 0.299833 });
    world.put(JOB_RUN_EMR_ID, { state: 'SUCCESS', billed: 0.05 });
    await world.addUpUsage();
    expect(await total(world)).toMatchObject({ runs: 1, cost: 0.05 });
    expect(await world.run()).toMatchObject({ billed: 0.05, usageClosedAt: at('06:40:00') });
    expect(await world.addUpUsage()).toBe(0);
  });

  it('does not count as a change of the cluster, whose answer stays the same', async () => {
    const over = readyCluster({ status: 'TERMINATED', finishedAt: at('06:30:00') });
    const world = upkeepWorld({ clusters: [over] });
    world.put('j-1', { name: NAME, state: 'TERMINATED', normalizedInstanceHours: 8 });
    await world.addUpUsage();
    expect(await world.clusters.get('c1')).toMatchObject({
      usageClosedAt: at('06:40:00'),
      modifiedAt: over.modifiedAt,
    });
  });

  it('counts without the normalized hours while EMR throttles, and asks again', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ status: 'TERMINATED', finishedAt: at('06:30:00') })] });
    world.put('j-1', { name: NAME, state: 'TERMINATED', normalizedInstanceHours: 8 });
    world.failures.describe.push(new AwsThrottled('busy'));
    await world.addUpUsage();
    expect(await total(world)).toMatchObject({ clusters: 1, normalizedInstanceHours: 0 });
    expect(await world.clusters.get('c1')).toMatchObject({ usageClosedAt: null });
    await world.addUpUsage();
    expect(await total(world)).toMatchObject({ clusters: 1, normalizedInstanceHours: 8 });
  });

  it('asks for a day, and then closes without them', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ status: 'TERMINATED', finishedAt: at('06:30:00') })] });
    await world.addUpUsage();
    world.clock.advance(23 * 60);
    await world.addUpUsage();
    expect(await world.clusters.get('c1')).toMatchObject({ usageClosedAt: null });
    world.clock.advance(60);
    await world.addUpUsage();
    expect((await world.clusters.get('c1')).usageClosedAt).not.toBeNull();
  });

  it('asks EMR for nothing about a launch that it never took', async () => {
    const given = readyCluster({ status: 'TERMINATED', finishedAt: at('06:30:00'), emrId: null });
    const world = upkeepWorld({ clusters: [given] });
    await world.addUpUsage();
    expect(world.calls.describe).toEqual([]);
    expect((await world.clusters.get('c1')).usageClosedAt).not.toBeNull();
  });

  it('takes the end of a run from its job, where its history was not written', async () => {
    const world = upkeepWorld({ jobs: [finishedJob()] });
    await world.history.record({ ...runOf(runningJob()), version: 1 });
    world.put('j-1', { state: 'TERMINATED', normalizedInstanceHours: 32 });
    world.clock.advance(300);
    await world.addUpUsage();
    const run = runOf(await world.job());
    expect(await total(world)).toMatchObject({
      runs: 1,
      cost: costOfWorkload(run.workload).soFar,
      normalizedInstanceHours: 32,
    });
    expect(await world.history.get('job-1', run.id)).toMatchObject({
      outcome: 'succeeded',
      usageClosedAt: world.clock.now(),
      workload: { normalizedInstanceHours: 32 },
    });
    expect(await world.addUpUsage()).toBe(0);
  });

  it('takes the end of a run that EMR never took from its job, where its history was not written', async () => {
    const job = finishedJob({}, { emrId: null, startedAt: null, readyAt: null, outcome: 'timedOut' });
    const world = upkeepWorld({ jobs: [job] });
    await world.history.record({ ...runOf(claimedJob()), version: 0 });
    await world.addUpUsage();
    expect(await world.history.get('job-1', runOf(job).id)).toEqual(runOf(job));
    expect(await all(world)).toEqual([]);
  });

  it('counts a run after its job went on to the next one, and after its job was deleted', async () => {
    const world = upkeepWorld();
    const over = runOf(finishedJob());
    await world.history.record(over);
    world.put('j-1', { state: 'TERMINATED', normalizedInstanceHours: 32 });
    await world.addUpUsage();
    expect(await total(world)).toMatchObject({ runs: 1, normalizedInstanceHours: 32 });
    expect((await world.history.get('job-1', over.id)).usageClosedAt).not.toBeNull();
  });

  it('ends a run whose job was deleted, where a crash kept that from the history', async () => {
    const world = upkeepWorld();
    const run = runOf(runningJob());
    await world.history.record(run);
    await world.addUpUsage();
    const known = await world.history.get('job-1', run.id);
    expect(known).toMatchObject({ outcome: 'cancelled', workload: { finishedAt: at('06:40:00') } });
    const once = await total(world);
    world.clock.advance(60);
    await world.addUpUsage();
    expect(await total(world)).toEqual(once);
  });

  it('stops for nobody whose usage cannot be written', async () => {
    const bobs = readyCluster({ id: 'c2', emrId: 'j-2', ownerId: 'sub-bob', owner: 'bob' });
    const world = upkeepWorld({ clusters: [readyCluster(), bobs] });
    const { change } = world.usage;
    world.usage.change = async (key, ...rest) =>
      key.ownerId === 'sub-alice' ? Promise.reject(new Error('DynamoDB')) : change(key, ...rest);
    await expect(world.addUpUsage()).rejects.toMatchObject({ name: 'SweepFailed', handled: 1 });
    expect((await all(world)).map(({ owner }) => owner)).toEqual(['bob']);
  });
});

describe('the usage of a month, rebuilt', () => {
  const lived = async () => {
    const over = readyCluster({ id: 'c2', emrId: 'j-2', status: 'TERMINATED', finishedAt: at('06:30:00') });
    const world = upkeepWorld({ clusters: [readyCluster(), over], jobs: [runningJob()] });
    await world.history.record(runOf(await world.job()));
    await world.addUpUsage();
    return world;
  };
  const entriesOf = async (world: UpkeepWorld) =>
    (await all(world)).map(({ day, kind, entries }) => [day, kind, entries]);

  it('is what it was', async () => {
    const world = await lived();
    const before = await entriesOf(world);
    expect(await world.rebuildUsage('2026-11')).toBe(3);
    expect(await entriesOf(world)).toEqual(before);
  });

  it('is made from nothing, and has nothing that no workload stands for', async () => {
    const world = await lived();
    const before = await entriesOf(world);
    for (const usage of await all(world))
      await world.usage.change(usage, usage.owner, (known) => ({
        ...known,
        entries: Object.fromEntries(Object.values(known.entries).map((entry) => ['nobody', { ...entry, seconds: 9 }])),
      }));
    await world.rebuildUsage('2026-11');
    expect(await entriesOf(world)).toEqual(before);
  });

  it('has the days of that month alone', async () => {
    const world = upkeepWorld({
      clusters: [
        readyCluster({
          createdAt: '2026-10-31T22:00:00.000Z',
          startedAt: '2026-10-31T22:00:00.000Z',
          finishedAt: '2026-11-01T01:00:00.000Z',
          status: 'TERMINATED',
        }),
      ],
    });
    await world.rebuildUsage('2026-11');
    const usages = await world.usage.ofEverybody('2026-10-01', '2026-12-31');
    expect(usages.map(({ day }) => day)).toEqual(['2026-11-01']);
    expect(sumOf(usages)).toMatchObject({ hours: 1, clusters: 0 });
    await world.rebuildUsage('2026-10');
    expect(sumOf(await world.usage.ofEverybody('2026-10-01', '2026-12-31'))).toMatchObject({ hours: 3, clusters: 1 });
  });

  it('keeps what is added while the workloads are read', async () => {
    const world = await lived();
    const { createdBetween } = world.clusters;
    world.clusters.createdBetween = async (...range) => {
      const found = await createdBetween(...range);
      const [usage] = await all(world);
      if (usage === undefined) throw new Error('There is no usage');
      const [entry] = Object.values(usage.entries);
      if (entry === undefined) throw new Error('There is no entry');
      await world.usage.change(usage, usage.owner, (known) => ({
        ...known,
        entries: { ...known.entries, new: { ...entry, dollars: 1 } },
      }));
      return found;
    };
    await world.rebuildUsage('2026-11');
    const clusters = (await all(world)).filter(({ kind }) => kind === 'cluster');
    expect(clusters.flatMap(({ entries }) => Object.keys(entries)).toSorted()).toEqual(['c1', 'c2', 'new']);
  });
});
