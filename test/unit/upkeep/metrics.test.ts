import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { metrics } from '../../../functions/runtime/metrics.ts';
import type { Metric } from '../../../shared/domain/metrics.ts';
import { at, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { nameWith } from '../../fakes/fake-emr.ts';
import { finishedJob, runOf, runningJob, claimedJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

let recorded: Metric[] = [];
beforeEach(() => {
  recorded = [];
  vi.spyOn(metrics, 'record').mockImplementation((values) => void recorded.push(...values));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const named = (name: string) => recorded.filter((metric) => metric.name === name);
const values = () => Object.fromEntries(recorded.map(({ name, value }) => [name, value]));

const stateEvent = (clusterId: string, name: string, state: string, time: string) => ({
  source: 'aws.emr',
  'detail-type': 'EMR Cluster State Change',
  time,
  detail: {
    clusterId,
    name,
    state,
    stateChangeReason: JSON.stringify({ code: 'ALL_STEPS_COMPLETED', message: 'Done' }),
  },
});

describe('metrics of a cluster', () => {
  const name = nameWith('0123456789');

  it('are recorded once, however often and in whatever order events and sweeps come', async () => {
    const starting = { emrId: 'j-1', status: 'STARTING', launchAttemptedAt: at('06:00:00') } as const;
    const world = upkeepWorld({ clusters: [claimedCluster({ ...starting, startedAt: at('06:00:01') })] });
    world.put('j-1', { state: 'WAITING', masterAddress: 'ec2-1', readyAt: at('06:08:00') });
    const ready = stateEvent('j-1', name, 'WAITING', '2026-11-23T06:08:01Z');
    await Promise.all([world.event(ready), world.event(ready)]);
    await world.sync();
    await world.event(stateEvent('j-1', name, 'RUNNING', '2026-11-23T06:07:00Z'));
    await world.event(ready);
    expect(values()).toEqual({ 'cluster-ready': 1, 'cluster-time-to-ready': 479 });
    expect(recorded).toHaveLength(2);
    expect(recorded[0]?.about).toEqual({ identifier: 'eager-curie-0001', size: 1, jobflowId: 'j-1' });
  });

  it('count the release of each cluster that EMR takes', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster({ launchAttemptedAt: at('06:00:00') })] });
    world.put('j-1', { createdAt: at('06:00:02') });
    await world.sync();
    await world.sync();
    expect(recorded).toEqual([
      {
        name: 'cluster-emr-version',
        unit: 'Count',
        value: 1,
        dimensions: { emrRelease: '7.10.0' },
        about: { identifier: 'eager-curie-0001', size: 1, jobflowId: 'j-1' },
      },
    ]);
  });

  it('have the normalized hours once EMR has told them, once', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ status: 'TERMINATED', finishedAt: at('06:30:00') })] });
    world.put('j-1', { name, state: 'TERMINATED', normalizedInstanceHours: 16 });
    await Promise.all([world.addUpUsage(), world.addUpUsage()]);
    await world.addUpUsage();
    expect(values()).toEqual({ 'cluster-normalized-instance-hours': 16 });
    expect(recorded).toHaveLength(1);
  });
});

describe('metrics of a run', () => {
  it('are its release, its time to ready and its run time, days included, each once', async () => {
    const starting = { emrId: 'j-1', status: 'STARTING', startedAt: at('06:00:01'), readyAt: null } as const;
    const world = upkeepWorld({ jobs: [claimedJob({}, starting)] });
    const name = nameWith('0123456789');
    world.put('j-1', { state: 'RUNNING', readyAt: at('06:06:00') });
    await world.event(stateEvent('j-1', name, 'RUNNING', '2026-11-23T06:06:01Z'));
    world.put('j-1', { state: 'TERMINATED', normalizedInstanceHours: 32, finishedAt: '2026-11-25T07:06:01.000Z' });
    world.clock.set('2026-11-25T07:10:00.000Z');
    await world.sync();
    await world.event(stateEvent('j-1', name, 'TERMINATED', '2026-11-25T07:06:01Z'));
    await world.sync();
    await world.addUpUsage();
    await world.addUpUsage();
    expect(values()).toEqual({
      'sparkjob-time-to-ready': 360,
      'sparkjob-run-time': 49 * 3600,
      'sparkjob-normalized-instance-hours': 32,
    });
    expect(recorded).toHaveLength(3);
    expect(recorded.at(-1)?.about).toEqual({ identifier: 'daily-report', size: 3, jobflowId: 'j-1' });
  });

  it('have no run time where its notebook never began', async () => {
    const world = upkeepWorld({ jobs: [runningJob({}, { readyAt: null, status: 'STARTING' })] });
    world.put('j-1', { state: 'TERMINATED_WITH_ERRORS', finishedAt: at('06:10:00') });
    await world.sync();
    expect(named('sparkjob-run-time')).toEqual([]);
  });

  it('have the normalized hours once, also where the next run has begun', async () => {
    const world = upkeepWorld();
    await world.history.record(runOf(finishedJob()));
    world.put('j-1', { state: 'TERMINATED', normalizedInstanceHours: 8 });
    await Promise.all([world.addUpUsage(), world.addUpUsage()]);
    expect(named('sparkjob-normalized-instance-hours')).toHaveLength(1);
  });
});
