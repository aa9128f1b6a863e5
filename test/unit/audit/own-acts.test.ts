import { beforeEach, describe, expect, it, vi } from 'vitest';

import { ownActs } from '../../../functions/access/own-acts.ts';
import { markExpired } from '../../../functions/jobs/mark-expired.ts';
import { inInvocation, invocationId, requireNoFailures } from '../../../functions/runtime/invocation.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { expireJobs } from '../../../functions/upkeep/expire-jobs.ts';
import { upkeepHandler } from '../../../functions/upkeep/upkeep-handler.ts';
import { PERIODIC_TASKS, type PeriodicTask } from '../../../shared/contract/upkeep.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import { at, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { nameWith } from '../../fakes/fake-emr.ts';
import { runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

const failure = new AwsFailed('DynamoDB did not take the entry.');

beforeEach(() => {
  vi.spyOn(logger, 'error').mockReturnValue(undefined);
  vi.spyOn(logger, 'warn').mockReturnValue(undefined);
});

describe('what the portal does by itself', () => {
  const clock = { now: () => at('06:40:00') };
  const act = { action: 'cluster.expire', object: { kind: 'cluster', id: 'c1' } } as const;

  it('is recorded as done by atmo, with the id of the invocation', async () => {
    const audit = fakeAuditTrail();
    const acts = ownActs({ audit, clock });
    await Promise.all(['execution-1', 'execution-2'].map((id) => inInvocation(id, () => acts.record(act))));
    const entry = { at: at('06:40:00'), actor: 'atmo', actorId: null, ...act, detail: {}, sourceIp: null };
    expect(audit.entries).toEqual([
      { ...entry, requestId: 'execution-1' },
      { ...entry, requestId: 'execution-2' },
    ]);
  });

  it('does not begin where it cannot be recorded', async () => {
    const audit = fakeAuditTrail();
    audit.failure = failure;
    await expect(inInvocation('i', () => ownActs({ audit, clock }).record(act))).rejects.toBe(failure);
  });

  it('ends what costs money all the same, with the entry in the log and a failure once all is done', async () => {
    const audit = fakeAuditTrail();
    audit.failure = failure;
    const done = inInvocation('i', async () => {
      await ownActs({ audit, clock }).recordEnd(act);
      expect(logger.error).toHaveBeenCalledWith(expect.any(String), { ...act, error: failure });
      requireNoFailures();
    });
    await expect(done).rejects.toMatchObject({ errors: [failure] });
  });

  it('fails an invocation whose entry was not written, after its task is done', async () => {
    const audit = fakeAuditTrail();
    audit.failure = failure;
    const seen: string[] = [];
    const tasks = Object.fromEntries(
      Object.keys(PERIODIC_TASKS).map((name) => [
        name,
        async () => {
          await ownActs({ audit, clock }).recordEnd(act);
          seen.push(invocationId());
          return 1;
        },
      ]),
    ) as unknown as Record<PeriodicTask, () => Promise<number>>;
    const handle = upkeepHandler({
      tasks,
      recordExecutions: async (_name, task) => task(),
      rebuildUsage: async () => 0,
      recordBounce: async () => undefined,
      reconcileEmrEvent: async () => ownActs({ audit, clock }).recordEnd(act),
    });
    const context = { awsRequestId: 'invocation-1' };
    await expect(handle({ task: 'findOrphans' }, context)).rejects.toMatchObject({ errors: [failure] });
    expect(seen).toEqual(['invocation-1']);
    const detail = { clusterId: 'j-1', name: 'x', state: 'WAITING', stateChangeReason: '{}' };
    const event = { 'detail-type': 'EMR Cluster State Change', time: '2026-11-23T06:00:00Z', detail };
    await expect(handle(event, context)).rejects.toMatchObject({ errors: [failure] });
    audit.failure = null;
    await handle({ task: 'findOrphans' }, context);
  });
});

describe('the entries of the upkeep', () => {
  const recorded = (world: ReturnType<typeof upkeepWorld>) =>
    world.acts.recorded.map(({ action, object }) => `${action} ${object.id}`);

  it('tell of an expired cluster once, before EMR is asked', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ expiresAt: at('06:39:00') })] });
    world.put('j-1', { state: 'WAITING' });
    world.failures.terminate.push(new AwsThrottled('busy'));
    await expect(world.terminateExpired()).rejects.toThrow('busy');
    expect(recorded(world)).toEqual(['cluster.expire c1']);
    await world.terminateExpired();
    expect(world.calls.terminate.at(-1)).toEqual(['j-1']);
    expect(world.acts.recorded[0]?.detail).toMatchObject({ identifier: 'eager-curie-0001' });
    expect(recorded(world)).toEqual(['cluster.expire c1']);
  });

  it('tell nothing of a termination that a person asked for, which EMR is asked for again', async () => {
    const asked = { by: 'alice', reason: 'requested', at: at('06:30:00') } as const;
    const world = upkeepWorld({ clusters: [terminating(readyCluster(), asked)] });
    world.put('j-1', { state: 'WAITING' });
    await world.terminateExpired();
    expect(world.calls.terminate).toEqual([['j-1']]);
    expect(recorded(world)).toEqual([]);
  });

  it('tell of each orphan', async () => {
    const world = upkeepWorld();
    for (const emrId of ['j-7', 'j-8'])
      world.put(emrId, { name: nameWith(`orphan000${emrId.at(-1)}`), state: 'WAITING', createdAt: at('05:00:00') });
    await world.findOrphans();
    expect(recorded(world)).toEqual(['orphan.terminate j-7', 'orphan.terminate j-8']);
  });

  it('tell of a run whose time is over, once', async () => {
    const world = upkeepWorld({ jobs: [runningJob({}, { timeout: 0 })] });
    world.clock.advance(60);
    await world.endOverdue();
    await world.endOverdue();
    const { id } = runOf(runningJob());
    expect(recorded(world)).toEqual([`run.time-out daily-report/${id}`]);
  });

  it('tell of a launch that is repeated, which waits where they cannot', async () => {
    const lost = claimedCluster({ launchAttemptedAt: at('06:00:00'), absentSweeps: 1 });
    const world = upkeepWorld({ clusters: [lost] });
    world.acts.failure = failure;
    await expect(world.sync()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(world.calls.launch).toBe(0);
    expect(await world.cluster()).toMatchObject({ runToken: '0123456789' });
    world.acts.failure = null;
    await world.sync();
    expect(world.calls.launch).toBe(1);
    expect(recorded(world)).toEqual(['cluster.relaunch c1']);
    expect(world.acts.recorded[0]?.detail).toMatchObject({ identifier: 'eager-curie-0001' });
  });

  it('tell of a launch that is given up', async () => {
    const late = claimedCluster({
      launchAttemptedAt: at('06:00:00'),
      absentSweeps: 1,
      expiresAt: at('06:30:00'),
    });
    const world = upkeepWorld({ clusters: [late] });
    await world.sync();
    expect(recorded(world)).toEqual(['cluster.give-up-launch c1']);
    expect(world.acts.recorded[0]?.detail).toMatchObject({ identifier: 'eager-curie-0001' });
  });

  it('tell of a launch that EMR did not take, and nothing of one that only waited for its turn', async () => {
    const turn = { claimedAt: at('06:30:00'), launchDueAt: at('06:40:05'), launchAttemptedAt: null };
    const world = upkeepWorld({ clusters: [claimedCluster(turn)] });
    world.failures.launch.push(...Array.from({ length: 5 }, () => new AwsThrottled('busy')));
    await world.launchWaiting();
    expect(world.acts.recorded).toEqual([
      {
        action: 'cluster.withdraw-launch',
        object: { kind: 'cluster', id: 'c1' },
        detail: { identifier: 'eager-curie-0001', reason: 'busy' },
      },
    ]);
    await world.launchWaiting();
    expect(world.acts.recorded).toHaveLength(1);
  });

  it('tell of a cluster that EMR ended by itself, and not of one that was asked to end', async () => {
    const reason = { code: 'USER_REQUEST', message: 'Cluster auto-terminated after being idle for 3600 seconds' };
    const asked = { by: 'alice', reason: 'requested', at: at('06:30:00') } as const;
    const world = upkeepWorld({
      clusters: [readyCluster(), terminating(readyCluster({ id: 'c2', emrId: 'j-2' }), asked)],
    });
    for (const emrId of ['j-1', 'j-2']) world.put(emrId, { state: 'TERMINATED', reason });
    await world.sync();
    await world.sync();
    expect(world.acts.recorded).toEqual([
      {
        action: 'cluster.end-by-emr',
        object: { kind: 'cluster', id: 'c1' },
        detail: { identifier: 'eager-curie-0001', ...reason },
      },
    ]);
  });

  it('tell of a job that expires before its schedule is removed, which waits where they cannot', async () => {
    const world = upkeepWorld({ jobs: [sparkJob({ endDate: at('06:39:00') })] });
    const { schedules, put } = world.schedules;
    put.set('job-1', 'next');
    const expire = expireJobs({ ...world, schedules, markExpired: markExpired(world) });
    const due = [await world.job()];
    world.acts.failure = failure;
    await expect(expire(due)).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(put.size).toBe(1);
    expect(await world.job()).toMatchObject({ expiredAt: null });
    world.acts.failure = null;
    await expire(due);
    expect(put.size).toBe(0);
    expect(recorded(world)).toEqual(['spark-job.expire daily-report']);
  });
});
