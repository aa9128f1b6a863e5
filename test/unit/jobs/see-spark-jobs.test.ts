import { describe, expect, it } from 'vitest';

import { checkSparkJobIdentifier } from '../../../functions/jobs/check-spark-job-identifier.ts';
import { createNotebookUpload } from '../../../functions/jobs/create-notebook-upload.ts';
import { estimateSparkJob } from '../../../functions/jobs/estimate-spark-job.ts';
import { getNotebook } from '../../../functions/jobs/get-notebook.ts';
import { getSparkJobDefaults } from '../../../functions/jobs/get-spark-job-defaults.ts';
import { getSparkJob } from '../../../functions/jobs/get-spark-job.ts';
import { listSparkJobs } from '../../../functions/jobs/list-spark-jobs.ts';
import { previewSchedule } from '../../../functions/jobs/preview-schedule.ts';
import { routes } from '../../../shared/contract/api.ts';
import { SEED_EMR_RELEASES, withFacts } from '../../../shared/domain/emr-release.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { ADMIN, ALICE, at, BOB } from '../../fakes/cluster.ts';
import { grantOnSparkJob } from '../../fakes/grant.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, NOTEBOOK, runningJob, sparkJob } from '../../fakes/spark-job.ts';
import { jobOnServerless } from '../../fakes/serverless-run.ts';
import { readFake } from '../../fakes/settings.ts';
import { DEFAULT_LIMITS } from '../../../shared/domain/settings.ts';

const JOB_MAINTAINER = { ...BOB, groups: ['job-maintainers'] };
const MISSED = { id: '20261124T060000000Z-missed', number: 2, occurrence: '2026-11-24T06:00:00.000Z' };
const page = { limit: 25, cursor: undefined, status: 'all' } as const;

describe('listing jobs', () => {
  const list = listSparkJobs(
    jobWorld(
      sparkJob(),
      sparkJob({ id: 'job-2', identifier: 'bobs', ownerId: 'sub-bob', owner: 'bob', createdAt: at('06:30:00') }),
    ),
  );
  const identifiers = async (owner: 'mine' | 'shared' | 'all', person = ALICE) =>
    (await list({ owner, ...page }, person)).items.map(({ identifier }) => identifier);

  it('shows mine, and everybody’s to those who may see them', async () => {
    expect(await identifiers('mine')).toEqual(['daily-report']);
    expect(await identifiers('all', JOB_MAINTAINER)).toEqual(['bobs', 'daily-report']);
    expect(await identifiers('all', ADMIN)).toEqual(['bobs', 'daily-report']);
    expect(await identifiers('shared')).toEqual([]);
    await expect(identifiers('all')).rejects.toMatchObject({ name: 'Forbidden' });
  });

  it('shows those that are shared with a person or their groups, with what they may do', async () => {
    const job = sparkJob();
    const own = sparkJob({ id: 'job-2', identifier: 'bobs', ownerId: 'sub-bob', createdAt: at('06:30:00') });
    const world = jobWorld(job, own);
    const gone = sparkJob({ id: 'job-3', identifier: 'gone' });
    const recreated = sparkJob({ id: 'job-0' });
    for (const shared of [job, own, gone, recreated])
      await world.grants.put(grantOnSparkJob(shared, 'group:analysts', 'manage'));
    await world.grants.put(grantOnSparkJob(job, 'user:sub-carol'));
    const shared = async (person: Person) =>
      (await listSparkJobs(world)({ owner: 'shared', ...page }, person)).items.map(({ identifier, permissions }) => [
        identifier,
        permissions,
      ]);
    expect(await shared({ ...BOB, groups: ['analysts'] })).toEqual([['daily-report', ['view', 'run', 'manage']]]);
    expect(await shared({ ...BOB, id: 'sub-carol' })).toEqual([['daily-report', ['view']]]);
    expect(await shared(BOB)).toEqual([]);
    const { items } = await listSparkJobs(world)({ owner: 'all', ...page }, { ...JOB_MAINTAINER, id: 'sub-carol' });
    expect(items.map(({ permissions }) => permissions)).toEqual([
      ['view', 'run'],
      ['view', 'run'],
    ]);
  });

  it('shows a job maintainer what they may do with each, where one is shared with them', async () => {
    const world = jobWorld(sparkJob());
    await world.grants.put(grantOnSparkJob(sparkJob(), 'group:job-maintainers', 'manage'));
    const { items } = await listSparkJobs(world)({ owner: 'all', ...page }, JOB_MAINTAINER);
    expect(items).toMatchObject([{ permissions: ['view', 'run', 'manage'] }]);
  });

  it('is filtered by state', async () => {
    const world = jobWorld(
      finishedJob({ id: 'j1', identifier: 'failed' }, { outcome: 'failed' }),
      sparkJob({ id: 'j2', identifier: 'off', isEnabled: false }),
      finishedJob({ id: 'j3', identifier: 'missed', latestMissed: MISSED }),
      runningJob({ id: 'j4', identifier: 'goes-on', latestMissed: MISSED }),
    );
    const found = async (status: 'failed' | 'disabled' | 'enabled' | 'running') =>
      (await listSparkJobs(world)({ ...page, owner: 'mine', status }, ALICE)).items.map(({ identifier }) => identifier);
    expect(await found('failed')).toEqual(['missed', 'failed']);
    expect(await found('enabled')).toEqual(['goes-on', 'missed', 'failed']);
    expect(await found('disabled')).toEqual(['off']);
    expect(await found('running')).toEqual(['goes-on']);
  });

  it('is searched by identifier, description and owner, and sorted', async () => {
    const search = async (request: { query?: string; sort?: 'identifier' | '-latestRun' }) =>
      (await list({ owner: 'all', ...page, ...request }, ADMIN)).items.map(({ identifier }) => identifier);
    expect(await search({ query: 'DAILY' })).toEqual(['daily-report']);
    expect(await search({ query: 'what happened yesterday' })).toEqual(['bobs', 'daily-report']);
    expect(await search({ query: 'bob' })).toEqual(['bobs']);
    expect(await search({ sort: '-latestRun' })).toHaveLength(2);
    expect(await list({ owner: 'mine', ...page }, ALICE)).toMatchObject({ total: 1 });
  });
});

describe('seeing one job', () => {
  it('shows what the contract promises, without keys', async () => {
    const view = await getSparkJob(jobWorld(finishedJob()))({ identifier: 'daily-report' }, ALICE);
    expect(routes.getSparkJob.response.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      scheduleInWords: 'Daily at 06:00 UTC',
      latestRun: { outcome: 'succeeded', cost: { hourly: 0.96, soFar: 0.479733 } },
      nextRuns: [24, 25, 26, 27, 28].map((day) => `2026-11-${day}T06:00:00.000Z`),
    });
    expect(JSON.stringify(view)).not.toContain(NOTEBOOK.key);
  });

  it('hides it from strangers and shows it to job maintainers without the right to change it', async () => {
    const get = getSparkJob(jobWorld(sparkJob()));
    await expect(get({ identifier: 'daily-report' }, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await get({ identifier: 'daily-report' }, JOB_MAINTAINER)).toMatchObject({ permissions: ['view', 'run'] });
  });

  it('leads to the notebook', async () => {
    const world = jobWorld(sparkJob());
    const get = getNotebook({ ...world, notebooks: world.store.notebooks });
    expect(await get({ identifier: 'daily-report' }, ALICE)).toEqual({
      headers: { location: `https://notebooks.example.com/${NOTEBOOK.key}?signed` },
    });
    await expect(get({ identifier: 'daily-report' }, BOB)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('the job form', () => {
  const world = jobWorld(sparkJob());

  it('is preset', async () => {
    const releases = { all: async () => withFacts(SEED_EMR_RELEASES) };
    const settings = readFake({ limits: { ...DEFAULT_LIMITS, maxSize: 12, maxTimeout: 20, defaultTimeout: 6 } });
    const defaults = await getSparkJobDefaults({
      releases,
      settings,
      hasServerless: true,
      clock: world.clock,
    })();
    expect(routes.getSparkJobDefaults.response.parse(defaults)).toEqual(defaults);
    expect(defaults).not.toHaveProperty('identifier');
    expect(defaults).toMatchObject({
      size: 1,
      maxSize: 12,
      timeout: 6,
      maxTimeout: 20,
      schedule: { type: 'interval', hours: 168 },
      startDate: at('06:40:00'),
      emrRelease: '7.13.0',
      maxNotebookBytes: 20 * 1024 * 1024,
    });
  });

  it('checks the identifier', async () => {
    const check = checkSparkJobIdentifier(world);
    expect(await check({ identifier: 'free-one' }, ALICE)).toEqual({ available: true, reason: null });
    expect(await check({ identifier: 'daily-report' }, ALICE)).toMatchObject({ available: false });
    expect(await check({ identifier: 'Not Good' }, ALICE)).toMatchObject({
      available: false,
      reason: expect.stringContaining('lower-case') as string,
    });
  });

  it('says where to upload', async () => {
    const upload = createNotebookUpload({ notebooks: world.store.notebooks });
    expect(await upload({ fileName: 'a.ipynb', size: 10 }, ALICE)).toEqual({
      uploadId: 'upload-1',
      url: 'https://uploads.example.com',
      fields: { key: 'uploads/sub-alice/upload-1/a.ipynb' },
    });
  });

  it('estimates a run at its longest, and a month', async () => {
    const estimate = estimateSparkJob(world);
    expect(await estimate({ size: 3, timeout: 2, schedule: { type: 'interval', hours: 168 } }, ALICE)).toEqual({
      hourly: 0.96,
      perRun: 1.92,
      runsPerMonth: 4.3,
      perMonth: 8.342857,
      usual: null,
      machines: [
        { count: 1, instanceType: 'm7g.xlarge' },
        { count: 3, instanceType: 'm7g.2xlarge' },
      ],
      workers: null,
      budget: { limit: null, used: 0, added: 1.92, refusal: null },
      currency: 'USD',
      asOf: '2026-11-01',
      source: 'AWS price list',
      isDerived: false,
    });
    const daily = { type: 'cron', expression: '0 6 * * ? *', timeZone: 'UTC' } as const;
    expect(await estimate({ size: 1, timeout: 1, schedule: daily }, ALICE)).toMatchObject({ runsPerMonth: 30.4 });
  });

  it('estimates nothing that the job could not be saved with', async () => {
    const ofJob = jobWorld(sparkJob({ size: 20, timeout: 24 }));
    ofJob.changeSettings({ limits: { ...DEFAULT_LIMITS, maxSize: 12, maxTimeout: 6 } });
    const estimate = estimateSparkJob(ofJob);
    const daily = { type: 'interval', hours: 24 } as const;
    await expect(estimate({ size: 1000, timeout: 7, schedule: daily }, ALICE)).rejects.toMatchObject({
      errors: [
        { field: 'size', message: 'Give the number of workers as a whole number from 1 to 12.' },
        { field: 'timeout', message: 'Give the timeout in hours as a whole number from 1 to 6.' },
      ],
    });
    // The job may keep what an earlier limit allowed.
    const present = { identifier: 'daily-report', size: 20, timeout: 24, schedule: daily };
    expect(await estimate(present, ALICE)).toMatchObject({ runsPerMonth: 30.4 });
  });

  it('names the workers of EMR Serverless, and what AWS billed of the last runs there', async () => {
    const billed = { status: 'SUCCESS', finishedAt: at('06:10:01'), outcome: 'succeeded', billed: 0.04 } as const;
    const ofJob = jobWorld(jobOnServerless(billed));
    await ofJob.history.record((await ofJob.job()).latestRun as Run);
    ofJob.changeSettings({ defaultEngine: 'serverless' });
    const estimate = estimateSparkJob(ofJob);
    const weekly = { size: 3, timeout: 2, schedule: { type: 'interval', hours: 168 } } as const;
    expect(await estimate({ ...weekly, identifier: 'daily-report' }, ALICE)).toMatchObject({
      hourly: 0.096,
      perRun: 0.192,
      machines: [],
      workers: { count: 4, vCpu: 4, memoryGb: 16, storageGb: 20 },
      usual: { perRun: 0.0064, runs: 1 },
      budget: { added: 0.0064 },
    });
    // Its runs on the other engine say nothing about this one.
    expect(await estimate({ ...weekly, engine: 'cluster', identifier: 'daily-report' }, ALICE)).toMatchObject({
      usual: null,
      workers: null,
    });
  });

  it('estimates what a job usually costs from its own last runs, to those who may see it', async () => {
    const ofJob = jobWorld(finishedJob());
    await ofJob.history.record((await ofJob.job()).latestRun as Run);
    const estimate = estimateSparkJob(ofJob);
    const input = {
      identifier: 'daily-report',
      size: 3,
      timeout: 2,
      schedule: { type: 'interval', hours: 24 },
    } as const;
    const usual = { perRun: 0.479733, p95PerRun: 0.479733, runs: 1 };
    const { usual: answered, budget, perRun } = await estimate(input, ALICE);
    expect(answered).toMatchObject(usual);
    expect(answered?.perMonth).toBeCloseTo(0.479733 * 30.416, 1);
    expect(budget.added).toBeCloseTo(0.479733, 5);
    expect(perRun).toBe(1.92);
    await expect(estimate(input, BOB)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('previewing a schedule', () => {
  const preview = previewSchedule(jobWorld());
  const berlin = (expression: string) => ({ type: 'cron', expression, timeZone: 'Europe/Berlin' }) as const;

  it('begins an interval with its start', async () => {
    const { occurrences, timeZone } = await preview({ schedule: { type: 'interval', hours: 24 }, count: 2 });
    expect(timeZone).toBe('UTC');
    expect(occurrences).toEqual([
      { utc: at('06:40:00'), local: '2026-11-23 06:40' },
      { utc: '2026-11-24T06:40:00.000Z', local: '2026-11-24 06:40' },
    ]);
    const later = await preview({ schedule: { type: 'interval', hours: 24 }, startDate: at('12:00:00'), count: 1 });
    expect(later.occurrences).toMatchObject([{ utc: at('12:00:00') }]);
    const running = await preview({ schedule: { type: 'interval', hours: 24 }, startDate: at('06:00:00'), count: 1 });
    expect(running.occurrences).toMatchObject([{ utc: '2026-11-24T06:00:00.000Z' }]);
  });

  it('shows both clocks across a change, and warns of what it skips', async () => {
    const { occurrences, warnings } = await preview({
      schedule: berlin('30 2 * * ? *'),
      startDate: '2027-03-27T00:00:00.000Z',
      count: 3,
    });
    expect(occurrences).toEqual([
      { utc: '2027-03-27T01:30:00.000Z', local: '2027-03-27 02:30' },
      { utc: '2027-03-29T00:30:00.000Z', local: '2027-03-29 02:30' },
      { utc: '2027-03-30T00:30:00.000Z', local: '2027-03-30 02:30' },
    ]);
    expect(warnings).toMatchObject([expect.stringContaining('2027-03-28 02:30')]);
  });

  it('ends with the end, and says so where nothing is left', async () => {
    const some = await preview({
      schedule: { type: 'interval', hours: 24 },
      endDate: '2026-11-24T12:00:00.000Z',
      count: 5,
    });
    expect(some.occurrences).toHaveLength(2);
    const none = await preview({ schedule: berlin('0 6 1 1 ? 2020'), count: 5 });
    expect(none).toMatchObject({ occurrences: [], warnings: [expect.stringContaining('no future occurrence')] });
  });
});
