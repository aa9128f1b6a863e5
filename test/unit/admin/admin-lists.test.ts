import { beforeEach, describe, expect, it, vi } from 'vitest';

import { eachOf } from '../../../functions/access/bulk.ts';
import { keptExpiring } from '../../../functions/access/expiring-lists.ts';
import { getOverview } from '../../../functions/admin/get-overview.ts';
import { clusterToView } from '../../../functions/clusters/cluster-view.ts';
import { listAllClusters } from '../../../functions/clusters/list-all-clusters.ts';
import { terminateClusters } from '../../../functions/clusters/terminate-clusters.ts';
import { keptSparkJobs } from '../../../functions/jobs/searchable-spark-jobs.ts';
import { listAllSparkJobs } from '../../../functions/jobs/list-all-spark-jobs.ts';
import { switchSparkJobs } from '../../../functions/jobs/switch-spark-jobs.ts';
import { runSparkJob } from '../../../functions/runs/run-spark-job.ts';
import { runSparkJobs } from '../../../functions/runs/run-spark-jobs.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { listAllSshKeys } from '../../../functions/ssh-keys/list-all-ssh-keys.ts';
import { bulkBody } from '../../../shared/contract/bulk.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { failed, newMailRecord } from '../../../shared/domain/mail-record.ts';
import { ADMIN, at, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { SSH_KEY } from '../../fakes/emr-launch.ts';
import { fakeEmrReleaseRepository } from '../../fakes/fake-emr-release-repository.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { fakeLaunchPause } from '../../fakes/fake-launch-pause.ts';
import { fakeSshKeyRepository } from '../../fakes/fake-ssh-key-repository.ts';
import { expiredMail } from '../../fakes/mail.ts';
import { readFake } from '../../fakes/settings.ts';
import { finishedJob, runningJob, sparkJob } from '../../fakes/spark-job.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { withChanges } from '../../fakes/workload.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

const page = { limit: 25, cursor: undefined };
const toView = clusterToView({ allowsSsh: true, jupyterUrl: 'http://localhost:8888' });

beforeEach(() => {
  vi.spyOn(logger, 'warn').mockReturnValue(undefined);
  vi.spyOn(logger, 'error').mockReturnValue(undefined);
});

describe('lists of everybody', () => {
  it('have clusters by status, owner, release and text', async () => {
    const { clusters } = upkeepWorld({
      clusters: [
        readyCluster(),
        readyCluster({ id: 'c2', emrId: 'j-2', owner: 'bob', ownerId: 'sub-bob', emrRelease: '7.9.0' }),
        readyCluster({ id: 'c3', emrId: 'j-3', status: 'TERMINATED', finishedAt: at('06:30:00') }),
      ],
    });
    const list = listAllClusters({ clusters, kept: keptExpiring(clusters, testClock(at('12:00:00'))), toView });
    const ids = async (query: object) =>
      (await list({ ...page, status: 'all', ...query }, ADMIN)).items.map(({ id }) => id).toSorted();
    expect(await ids({})).toEqual(['c1', 'c2', 'c3']);
    expect(await ids({ status: 'active' })).toEqual(['c1', 'c2']);
    expect(await ids({ owner: 'Bob' })).toEqual(['c2']);
    expect(await ids({ emrRelease: '7.9.0' })).toEqual(['c2']);
    expect(await ids({ owner: 'alice', status: 'terminated' })).toEqual(['c3']);
    expect(await ids({ query: 'bob' })).toEqual(['c2']);
  });

  it('of hundreds of clusters are kept, and show no cluster in a state that it has left', async () => {
    const { clusters } = upkeepWorld({
      clusters: Array.from({ length: 500 }, (_, n) =>
        readyCluster({ id: `c${n}`, emrId: `j-${n}`, identifier: `x-${n}` }),
      ),
    });
    const searched = vi.spyOn(clusters, 'searched');
    const list = listAllClusters({ clusters, kept: keptExpiring(clusters, testClock(at('12:00:00'))), toView });
    const found = async (query: string) =>
      (await list({ ...page, status: 'active', query }, ADMIN)).items.map(({ id }) => id).toSorted();
    expect(await found('x-49')).toHaveLength(11);
    const reads = searched.mock.calls.length;
    await clusters.change('c490', (cluster) => withChanges(cluster, { status: 'TERMINATED' }));
    expect(await found('x-490')).toEqual([]);
    expect(await found('x-491')).toEqual(['c491']);
    // The newest part alone, each time.
    expect(searched.mock.calls.length).toBe(reads + 2);
  });

  it('have Spark jobs by status, owner and release', async () => {
    const { jobs } = upkeepWorld({
      jobs: [
        runningJob({ id: 'j1', identifier: 'running' }),
        finishedJob({ id: 'j2', identifier: 'failed' }, { outcome: 'failed' }),
        sparkJob({ id: 'j3', identifier: 'off', isEnabled: false, owner: 'bob' }),
        sparkJob({ id: 'j4', identifier: 'old', expiredAt: at('06:00:00'), emrRelease: '7.9.0' }),
        sparkJob({ id: 'j5', identifier: 'unsupported', emrRelease: '7.5.0', owner: 'carol' }),
        sparkJob({ id: 'j6', identifier: 'over', expiredAt: at('06:00:00'), emrRelease: '7.5.0' }),
      ],
    });
    const releases = fakeEmrReleaseRepository();
    const clock = testClock(at('06:40:00'));
    const list = listAllSparkJobs({ jobs, kept: keptSparkJobs(jobs, clock), releases, clock });
    const found = async (query: object) =>
      (await list({ ...page, status: 'all', ...query }, ADMIN)).items.map(({ identifier }) => identifier).toSorted();
    expect(await found({})).toEqual(['failed', 'off', 'old', 'over', 'running', 'unsupported']);
    expect(await found({ status: 'running' })).toEqual(['running']);
    expect(await found({ status: 'failed' })).toEqual(['failed']);
    expect(await found({ status: 'disabled' })).toEqual(['off']);
    expect(await found({ status: 'expired' })).toEqual(['old', 'over']);
    expect(await found({ status: 'enabled' })).toEqual(['failed', 'running', 'unsupported']);
    expect(await found({ status: 'supportEnding' })).toEqual(['unsupported']);
    expect(await found({ owner: 'bob' })).toEqual(['off']);
    expect(await found({ emrRelease: '7.9.0' })).toEqual(['old']);
  });

  it('have SSH keys by either fingerprint, whole, and by a part of it', async () => {
    const fingerprint = `SHA256:${'a'.repeat(43)}`;
    const fingerprintMd5 = Array.from({ length: 16 }, () => 'ab').join(':');
    const sshKeys = fakeSshKeyRepository(
      SSH_KEY,
      { ...SSH_KEY, id: 'k2', owner: 'bob', fingerprint, fingerprintMd5 },
      { ...SSH_KEY, id: 'k3', owner: 'carol', fingerprint, fingerprintMd5 },
    );
    const list = listAllSshKeys({ sshKeys, clock: testClock(at('12:00:00')) });
    const found = async (query: object) => (await list({ ...page, ...query })).items.map(({ id }) => id).toSorted();
    expect(await found({})).toEqual([SSH_KEY.id, 'k2', 'k3'].toSorted());
    expect(await found({ query: fingerprint })).toEqual(['k2', 'k3']);
    expect(await found({ query: `${fingerprint}=` })).toEqual(['k2', 'k3']);
    expect(await found({ query: fingerprintMd5 })).toEqual(['k2', 'k3']);
    expect(await found({ query: `MD5:${fingerprintMd5.toUpperCase()}` })).toEqual(['k2', 'k3']);
    expect(await found({ query: fingerprint, owner: 'bob' })).toEqual(['k2']);
    expect(await found({ query: 'ab:ab' })).toEqual(['k2', 'k3']);
    expect(await found({ query: `SHA256:${'b'.repeat(43)}` })).toEqual([]);
  });

  it('of hundreds of keys are kept, and show none that was deleted meanwhile', async () => {
    const keys = Array.from({ length: 500 }, (_, n) => ({
      ...SSH_KEY,
      id: `k${n}`,
      title: `x-${n}`,
      fingerprint: `SHA256:${String(n).padStart(43, '0')}`,
    }));
    const sshKeys = fakeSshKeyRepository(...keys);
    const list = listAllSshKeys({ sshKeys, clock: testClock(at('12:00:00')) });
    const found = async (query: string) =>
      (await list({ ...page, owner: undefined, sort: undefined, query })).items.map(({ id }) => id);
    expect(await found('x-490')).toEqual(['k490']);
    await sshKeys.delete(keys[490] ?? SSH_KEY);
    expect(await found('x-490')).toEqual([]);
  });
});

describe('a bulk action', () => {
  it('takes 1 to 100 ids', () => {
    const many = Array.from({ length: 101 }, (_, number) => `c${number}`);
    expect(bulkBody.safeParse({ ids: many.slice(1) }).success).toBe(true);
    for (const ids of [[], many, [''], [1], 'c1', undefined]) expect(bulkBody.safeParse({ ids }).success).toBe(false);
  });

  it('terminates a hundred clusters, of which some are gone or over, by few calls to EMR', async () => {
    const clusters = Array.from({ length: 90 }, (_, number) =>
      readyCluster({ id: `c${number}`, emrId: `j-${number}`, ...(number < 10 ? { status: 'TERMINATED' } : {}) }),
    );
    const world = upkeepWorld({ clusters });
    for (let number = 10; number < 90; number += 1) world.put(`j-${number}`, { state: 'WAITING' });
    const terminate = terminateClusters({ ...world, lifecycle: world.ofClusters });
    const ids = [...Array.from({ length: 99 }, (_, number) => `c${number}`), 'c11'];
    const { results } = await terminate({ ids }, ADMIN);
    expect(results.map(({ id }) => id)).toEqual(ids.slice(0, 99));
    const statuses = results.map(({ ok, problem }) => (ok ? 'ok' : String(problem?.status)));
    expect(statuses).toEqual([
      ...Array<string>(10).fill('409'),
      ...Array<string>(80).fill('ok'),
      ...Array<string>(9).fill('404'),
    ]);
    expect(world.calls.terminate).toHaveLength(1);
    expect(world.calls.terminate[0]).toHaveLength(80);
    expect(world.audit.entries.map(({ action, object }) => `${action} ${object.id}`).toSorted()).toEqual(
      Array.from({ length: 80 }, (_, number) => `cluster.terminate c${number + 10}`).toSorted(),
    );
  });

  it('leaves a termination that EMR does not take to the upkeep, and says that it is on record', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    world.put('j-1', { state: 'WAITING' });
    world.failures.terminate.push(new AwsThrottled('busy'));
    const terminate = terminateClusters({ ...world, lifecycle: world.ofClusters });
    expect(await terminate({ ids: ['c1'] }, ADMIN)).toEqual({ results: [{ id: 'c1', ok: true, problem: null }] });
    expect(await world.cluster()).toMatchObject({ termination: { by: 'admin', reason: 'requested' } });
    await world.terminateExpired();
    expect(world.calls.terminate.at(-1)).toEqual(['j-1']);
  });

  it('enables and disables jobs, once each, and names those that cannot be', async () => {
    const world = upkeepWorld({
      jobs: [
        sparkJob(),
        sparkJob({ id: 'j2', identifier: 'off', isEnabled: false }),
        sparkJob({ id: 'j3', identifier: 'old', isEnabled: false, expiredAt: at('06:00:00') }),
      ],
    });
    const enable = switchSparkJobs(true)(world);
    const { results } = await enable({ ids: ['daily-report', 'off', 'old', 'gone'] }, ADMIN);
    expect(results.map(({ ok, problem }) => (ok ? 'ok' : problem?.status))).toEqual(['ok', 'ok', 409, 404]);
    expect(await world.jobs.get('off')).toMatchObject({ isEnabled: true, modifiedAt: at('06:40:00') });
    await switchSparkJobs(false)(world)({ ids: ['daily-report', 'daily-report', 'old'] }, ADMIN);
    expect(await world.job()).toMatchObject({ isEnabled: false });
    expect(world.audit.entries.map(({ action, object }) => `${action} ${object.id}`)).toEqual([
      'spark-job.enable off',
      'spark-job.disable daily-report',
    ]);
  });

  it('runs jobs now, and names those that cannot be run', async () => {
    const world = upkeepWorld({
      jobs: [
        finishedJob(),
        runningJob({ id: 'j2', identifier: 'busy' }),
        sparkJob({ id: 'j3', identifier: 'off', isEnabled: false }),
      ],
    });
    const run = runSparkJob({ ...world, settings: readFake(), launchPause: fakeLaunchPause() });
    const { results } = await runSparkJobs({ run, clock: world.clock })(
      { ids: ['daily-report', 'busy', 'off'] },
      ADMIN,
    );
    expect(results.map(({ ok, problem }) => (ok ? 'ok' : problem?.status))).toEqual(['ok', 409, 409]);
    expect(world.workflow.started.size).toBe(1);
  });

  it('stops in time, and says that nothing was done to the rest', async () => {
    const clock = testClock(at('06:40:00'));
    const done: string[] = [];
    const ids = Array.from({ length: 12 }, (_, number) => `c${number}`);
    const act = async (id: string): Promise<void> => {
      done.push(id);
      clock.advance(1);
    };
    const results = await eachOf(ids, act, { caller: ADMIN, clock });
    expect(results.filter(({ ok }) => ok).map(({ id }) => id)).toEqual(done);
    expect(done.length).toBeLessThan(12);
    expect(results.find(({ ok }) => !ok)?.problem).toMatchObject({
      status: 503,
      detail: expect.stringMatching(/Nothing was done/),
    });
  });

  it('tells nothing of an unexpected failure, and goes on', async () => {
    const act = async (id: string): Promise<void> => {
      if (id === 'a') throw new Error('table atmo-secret');
    };
    const results = await eachOf(['a', 'b'], act, { caller: ADMIN, clock: testClock(at('06:40:00')) });
    expect(results).toMatchObject([
      { id: 'a', ok: false, problem: { status: 500 } },
      { id: 'b', ok: true },
    ]);
    expect(JSON.stringify(results)).not.toContain('atmo-secret');
  });
});

describe('the overview', () => {
  it('counts what is active, what it costs an hour, and what needs attention', async () => {
    const turn = { launchDueAt: at('06:50:00'), launchAttemptedAt: null };
    const world = upkeepWorld({
      clusters: [
        readyCluster(),
        claimedCluster({ id: 'c2', runToken: 'waiting000', ...turn }),
        readyCluster({ id: 'c3', emrId: 'j-3', status: 'TERMINATED' }),
      ],
      jobs: [runningJob(), finishedJob({ id: 'j2', identifier: 'idle' })],
    });
    const upkeep = async () => ({ items: [{ isOverdue: true }, { isOverdue: false }] });
    const lost = (id: string, time: string) => failed(newMailRecord(id, expiredMail(id, time)), 'refused', time);
    const mails = fakeMailRecords(lost('a', at('06:00:00')), lost('b', '2026-11-22T06:00:00.000Z'));
    const overview = getOverview({ ...world, mails, upkeep: upkeep as never });
    const entry = {
      actor: 'atmo',
      actorId: null,
      detail: {},
      sourceIp: null,
      object: { kind: 'orphan', id: 'j-9' },
    } as const;
    for (const [requestId, time] of [
      ['a', '2026-11-23T06:00:00.000Z'],
      ['b', '2026-11-22T06:00:00.000Z'],
    ] as const)
      await world.audit.record({ ...entry, action: 'orphan.terminate', at: time, requestId });
    await world.audit.record({ ...entry, action: 'run.withdraw-launch', at: at('06:00:00'), requestId: 'c' });
    const cluster = readyCluster().workload.rate.hourly;
    const run = runningJob().latestRun?.workload.rate.hourly ?? 0;
    expect(await overview()).toEqual({
      clusters: 2,
      sessions: 0,
      runs: 1,
      hourlyCost: cluster + run,
      launchesWaiting: 1,
      orphans: 1,
      failedMails: 1,
      throttled: 1,
      launches: { isPaused: false, reason: null },
      overdueTasks: 1,
    });
    await world.clusters.claimLaunch(claimedCluster({ id: 'c9' }));
    expect(await overview()).toMatchObject({ clusters: 3, launchesWaiting: 1 });
  });
});
