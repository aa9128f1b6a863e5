import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbRunRepository } from '../../functions/adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../../functions/adapters/dynamodb-spark-job-repository.ts';
import type { RunRepository, SparkJobRepository } from '../../functions/ports/spark-job-repository.ts';
import { missedRun } from '../../shared/domain/occurrences.ts';
import { expired, type SparkJob } from '../../shared/domain/spark-job.ts';
import { at } from '../fakes/cluster.ts';
import { fakeRunRepository, fakeSparkJobRepository } from '../fakes/fake-spark-job-repository.ts';
import { claimedJob, finishedJob, runningJob, runOf, sparkJob } from '../fakes/spark-job.ts';
import { withChanges } from '../fakes/workload.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const identifiers = (jobs: readonly SparkJob[]): string[] => jobs.map(({ identifier }) => identifier).toSorted();
const named = (identifier: string, changes: Partial<SparkJob> = {}): SparkJob =>
  sparkJob({ id: `id-of-${identifier}`, identifier, ...changes });

/** What DynamoDB's own numbers cannot hold, and nothing of JSON may be lost. */
const ANY_JSON = JSON.parse(
  '{"since": 1763900000000000000, "tiny": 1e-200, "huge": 1e300, "deep": [[{"a": [null, true, "", []]}], {}]}',
) as SparkJob['parameters'];

const jobRepositories: [string, () => Promise<SparkJobRepository>][] = [
  ['the fake', async () => fakeSparkJobRepository()],
  ['DynamoDB', async () => dynamoDbSparkJobRepository(await dynamoDb.newTable())],
];

describe.each(jobRepositories)('SparkJobRepository as %s', (_name, create) => {
  let jobs: SparkJobRepository;
  beforeEach(async () => {
    jobs = await create();
  });

  it('gives back what was created, with all that a job may hold', async () => {
    const rich = runningJob(
      {
        schedule: { type: 'cron', expression: '0 6 * * ? *', timeZone: 'Europe/Berlin' },
        parameters: { größe: [1, 2.5, { deep: null }], on: true, empty: '' },
        endDate: '2026-12-01T00:00:00.000Z',
        schedulePendingSince: at('06:00:00'),
      },
      {
        failure: { cell: null, source: '', errorName: 'E', errorValue: '', traceback: '🔥' },
        termination: { by: 'alice', reason: 'requested', at: at('06:30:00') },
        taskToken: 'token',
        normalizedInstanceHours: 12,
      },
    );
    for (const job of [named('plain'), rich]) {
      await jobs.create(job);
      expect(await jobs.get(job.identifier)).toEqual(job);
    }
  });

  it('gives back every number and nesting that JSON knows, of the job and of its run', async () => {
    const job = runningJob({ parameters: ANY_JSON }, { parameters: ANY_JSON });
    await jobs.create(job);
    expect(await jobs.get(job.identifier)).toEqual(job);
    expect((await jobs.list(null, { limit: 1 })).items).toEqual([job]);
  });

  it('takes an identifier once among live jobs, and again after deletion', async () => {
    await jobs.create(sparkJob());
    await expect(jobs.create(sparkJob({ id: 'job-2' }))).rejects.toMatchObject({ name: 'Conflict' });
    expect(await jobs.isIdentifierTaken('daily-report')).toBe(true);
    const { version } = await jobs.change('daily-report', (job) => ({ ...job, runCount: 7 }));
    expect(await jobs.delete(sparkJob())).toBe(false);
    expect(await jobs.delete(sparkJob({ version }))).toBe(true);
    expect(await jobs.isIdentifierTaken('daily-report')).toBe(false);
    await jobs.create(sparkJob({ id: 'job-2' }));
    expect(await jobs.delete(sparkJob())).toBe(true);
    expect((await jobs.get('daily-report')).id).toBe('job-2');
  });

  it('takes a repeated creation for what it is', async () => {
    await jobs.create(sparkJob());
    await jobs.create(sparkJob());
    expect(await jobs.get('daily-report')).toEqual(sparkJob());
  });

  it('knows no other jobs', async () => {
    await expect(jobs.get('none')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(jobs.change('none', (job) => job)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await jobs.delete(named('none'))).toBe(true);
  });

  it('loses none of several concurrent changes, and writes nothing for none', async () => {
    await jobs.create(sparkJob());
    const more = () => jobs.change('daily-report', (job) => ({ ...job, runCount: job.runCount + 1 }));
    await Promise.all([more(), more(), more()]);
    expect(await jobs.get('daily-report')).toMatchObject({ runCount: 3, version: 4 });
    expect(await jobs.change('daily-report', (job) => job)).toMatchObject({ version: 4 });
  });

  it('finds a job by the jobflow id of its latest run alone', async () => {
    await jobs.create(claimedJob());
    expect(await jobs.findByEmrId('j-1')).toBeNull();
    await jobs.change('daily-report', () => runningJob());
    expect(await jobs.findByEmrId('j-1')).toMatchObject({ identifier: 'daily-report' });
    await jobs.change('daily-report', () => runningJob({}, { emrId: 'j-2' }));
    expect(await jobs.findByEmrId('j-1')).toBeNull();
  });

  it('lists the newest first, page by page, of one person or of everybody', async () => {
    for (const hour of [1, 3, 2]) await jobs.create(named(`h${hour}`, { createdAt: `2026-11-23T0${hour}:00:00.000Z` }));
    await jobs.create(named('bobs', { ownerId: 'sub-bob', owner: 'bob', createdAt: at('04:00:00') }));
    const first = await jobs.list('sub-alice', { limit: 2 });
    expect(first.items.map(({ identifier }) => identifier)).toEqual(['h3', 'h2']);
    const second = await jobs.list('sub-alice', { limit: 2, cursor: first.cursor ?? '' });
    expect(second).toMatchObject({ items: [{ identifier: 'h1' }], cursor: null });
    const all = await jobs.list(null, { limit: 10 });
    expect(all.items.map(({ identifier }) => identifier)).toEqual(['bobs', 'h3', 'h2', 'h1']);
    await expect(jobs.list('sub-bob', { limit: 1, cursor: first.cursor ?? '' })).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });

  it('finds what is running, also with a pending schedule and an end', async () => {
    await jobs.create(runningJob({ endDate: at('07:00:00'), schedulePendingSince: at('06:00:00') }));
    await jobs.create(claimedJob({ id: 'b', identifier: 'launching' }));
    await jobs.create(finishedJob({ id: 'c', identifier: 'over' }));
    await jobs.create(named('never'));
    expect(identifiers(await jobs.withActiveRun())).toEqual(['daily-report', 'launching']);
    await jobs.change('launching', () => finishedJob({ id: 'b', identifier: 'launching' }));
    expect(identifiers(await jobs.withActiveRun())).toEqual(['daily-report']);
  });

  it('counts the runs that are active', async () => {
    const running = runningJob();
    await jobs.create(running);
    await jobs.create(finishedJob({ id: 'c', identifier: 'over' }));
    await jobs.create(named('never'));
    const { engine, status, launchAttemptedAt, startedAt, rate } = running.latestRun?.workload ?? {};
    const counted = { engine, status, launchAttemptedAt, startedAt, rate: { hourly: rate?.hourly } };
    expect(await jobs.activeWorkloads()).toMatchObject([counted]);
  });

  it('finds the jobs that are due for the upkeep, whatever else is going on with them', async () => {
    // All occurrences before the end are accounted for.
    const end = { endDate: at('07:00:00'), accountedUntil: at('07:00:00') };
    const due = async (moment: string) => identifiers(await jobs.dueForUpkeep(moment));
    await jobs.create(named('idle', end));
    await jobs.create(named('pending', { accountedUntil: at('07:00:00'), schedulePendingSince: at('06:00:00') }));
    await jobs.create(runningJob({ ...end, id: 'r', identifier: 'running' }));
    await jobs.create(named('later', { ...end, endDate: at('07:00:01') }));
    await jobs.create(named('unaccounted', { accountedUntil: at('05:59:59') }));
    await jobs.create(expired(named('expired', end), at('07:00:01')));
    expect(await due(at('05:59:59'))).toEqual([]);
    expect(await due(at('06:00:00'))).toEqual(['pending']);
    expect(await due(at('06:19:59'))).toEqual(['pending']);
    expect(await due(at('06:20:01'))).toEqual(['pending', 'unaccounted']);
    expect(await due(at('07:00:00'))).toEqual(['idle', 'pending', 'running', 'unaccounted']);
    await jobs.change('idle', (job) => expired(job, at('07:00:01')));
    await jobs.change('pending', (job) => ({ ...job, schedulePendingSince: null }));
    await jobs.change('unaccounted', (job) => ({ ...job, accountedUntil: at('06:00:00') }));
    expect(await due(at('07:00:00'))).toEqual(['running']);
  });

  it('reads no more of a job than lists are searched by, page by page', async () => {
    await jobs.create(sparkJob({ createdAt: at('06:00:00') }));
    const latestMissed = { id: 'm2', number: 2, occurrence: at('07:00:00') };
    await jobs.create(finishedJob({ id: 'job-2', identifier: 'with-a-run', createdAt: at('06:01:00'), latestMissed }));
    const first = await jobs.searched(null, { limit: 1 });
    const second = await jobs.searched('sub-alice', { limit: 2 });
    const rest = await jobs.searched(null, { limit: 1, cursor: first.cursor ?? '' });
    const common = {
      description: 'Counts what happened yesterday',
      owner: 'alice',
      size: 3,
      emrRelease: '7.10.0',
      isEnabled: true,
      expiredAt: null,
    };
    expect(first.items).toEqual([
      {
        ...common,
        id: 'job-2',
        identifier: 'with-a-run',
        createdAt: at('06:01:00'),
        modifiedAt: at('06:00:00'),
        latestRun: { scheduledAt: at('06:00:00'), outcome: 'succeeded' },
        latestMissed: { id: 'm2' },
      },
    ]);
    expect(rest).toEqual({
      items: [
        {
          ...common,
          id: 'job-1',
          identifier: 'daily-report',
          createdAt: at('06:00:00'),
          modifiedAt: at('06:00:00'),
          latestRun: null,
        },
      ],
      cursor: null,
    });
    expect(second.items).toEqual([...first.items, ...rest.items]);
  });

  it('lists jobs with a mail in their outbox until it is sent', async () => {
    await jobs.create(named('quiet'));
    await jobs.create(expired(named('owing', { endDate: at('06:00:00') }), at('07:00:00')));
    expect(identifiers(await jobs.withUnsentMail())).toEqual(['owing']);
    await jobs.change('owing', (job) => ({ ...job, outbox: [] }));
    expect(await jobs.withUnsentMail()).toEqual([]);
  });
});

const runRepositories: [string, () => Promise<RunRepository>][] = [
  ['the fake', async () => fakeRunRepository()],
  ['DynamoDB', async () => dynamoDbRunRepository(await dynamoDb.newTable())],
];

describe.each(runRepositories)('RunRepository as %s', (_name, create) => {
  let history: RunRepository;
  beforeEach(async () => {
    history = await create();
  });
  const planned = (hour: number) => runOf(runningJob({}, { id: `20261123T0${hour}0000000Z-x`, number: hour }));

  it('never goes back to an older version', async () => {
    const ended = { ...runOf(finishedJob()), version: 5 };
    await history.record(ended);
    await history.record({ ...runOf(runningJob()), version: 4 });
    expect(await history.get('job-1', ended.id)).toEqual(ended);
    await history.record({ ...ended, outcome: 'failed' });
    expect(await history.get('job-1', ended.id)).toMatchObject({ outcome: 'failed' });
    await expect(history.get('job-1', 'none')).rejects.toThrow("There is no run 'none', or you may not see it.");
    await expect(history.get('job-2', ended.id)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('gives back parameters of every number and nesting that JSON knows', async () => {
    const run = { ...planned(1), parameters: ANY_JSON };
    await history.record(run);
    expect(await history.get('job-1', run.id)).toEqual(run);
    expect((await history.list('job-1', { limit: 1 })).items).toEqual([run]);
  });

  it('lists the newest first, page by page', async () => {
    for (const hour of [1, 3, 2]) await history.record(planned(hour));
    await history.record({ ...planned(4), jobId: 'job-2' });
    const first = await history.list('job-1', { limit: 2 });
    expect(first.items.map(({ number }) => number)).toEqual([3, 2]);
    const second = await history.list('job-1', { limit: 2, cursor: first.cursor ?? '' });
    expect(second).toMatchObject({ items: [{ number: 1 }], cursor: null });
  });

  it('tells what came before a run, newest first', async () => {
    for (const hour of [1, 3, 2, 4]) await history.record(planned(hour));
    await history.record({ ...planned(2), jobId: 'job-2' });
    const before = async (hour: number, atMost: number) =>
      (await history.before(planned(hour), atMost)).map(({ number }) => number);
    expect(await before(4, 2)).toEqual([3, 2]);
    expect(await before(3, 9)).toEqual([2, 1]);
    expect(await before(1, 9)).toEqual([]);
  });

  it('finds the run or the reason that stands for an occurrence, and no manual run', async () => {
    const late = { ...planned(3), occurrence: at('01:00:00') };
    const manual = { ...planned(4), trigger: 'manual' as const, occurrence: at('04:00:00') };
    const recorded = {
      occurrence: at('02:00:00'),
      reason: 'previousRun',
      number: 2,
      recordedAt: at('05:00:00'),
    } as const;
    const missed = missedRun(sparkJob(), recorded);
    for (const run of [late, manual, missed]) await history.record(run);
    expect(await history.findByOccurrence('job-1', at('01:00:00'))).toEqual(late);
    expect(await history.findByOccurrence('job-1', at('02:00:00'))).toEqual(missed);
    expect(await history.findByOccurrence('job-1', at('04:00:00'))).toBeNull();
    expect(await history.findByOccurrence('job-1', at('00:00:00'))).toBeNull();
    expect(await history.findByOccurrence('job-2', at('01:00:00'))).toBeNull();
    // Scheduler may name an occurrence by the minute that it is in.
    expect(await history.findByOccurrence('job-1', at('01:00:59'))).toEqual(late);
    expect(await history.findByOccurrence('job-1', at('01:01:00'))).toBeNull();
  });

  it('knows what is not settled: what has no end here, and the open usage of what EMR took', async () => {
    const open = withChanges(planned(1), { emrId: null, status: 'LAUNCHING', startedAt: null });
    const started = withChanges(planned(2), { emrId: 'j-2', status: 'RUNNING', startedAt: at('02:00:01') });
    await history.record(open);
    await history.record({ ...open, jobId: 'job-2', outcome: 'failed' });
    await history.record(started);
    await history.record({ ...started, jobId: 'job-2', outcome: 'succeeded', usageClosedAt: at('03:00:00') });
    expect((await history.unsettled()).toSorted((a, b) => a.number - b.number)).toEqual([open, started]);
    const both = await history.startedBetween(at('02:00:01'), at('02:00:01'));
    expect(both.map(({ jobId }) => jobId).toSorted()).toEqual(['job-1', 'job-2']);
    expect(await history.startedBetween(at('02:00:02'), at('04:00:00'))).toEqual([]);
    expect(await history.startedBetween(at('00:00:00'), at('02:00:00'))).toEqual([]);
  });

  it('changes a run by itself, and keeps both of two changes', async () => {
    await history.record(planned(1));
    const close = () => history.change(planned(1), (run) => ({ ...run, usageClosedAt: at('03:00:00') }));
    const size = () => history.change(planned(1), (run) => ({ ...run, size: 9 }));
    await Promise.all([close(), size()]);
    expect(await history.get('job-1', planned(1).id)).toMatchObject({
      usageClosedAt: at('03:00:00'),
      size: 9,
      version: planned(1).version + 2,
    });
    await expect(history.change({ jobId: 'job-1', id: 'none' }, (run) => run)).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('finds an occurrence behind many later runs', async () => {
    const id = (minute: number) => `20261123T01${String(minute).padStart(2, '0')}00000Z-x`;
    for (let minute = 0; minute < 60; minute += 1)
      await history.record({
        ...planned(1),
        id: id(minute),
        occurrence: at(`02:${String(minute).padStart(2, '0')}:00`),
      });
    await history.record({ ...planned(1), occurrence: at('01:00:00') });
    expect(await history.findByOccurrence('job-1', at('01:00:00'))).toMatchObject({ id: planned(1).id });
  });
});
