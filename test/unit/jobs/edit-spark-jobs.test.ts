import { describe, expect, it } from 'vitest';

import { checkSparkJobIdentifier } from '../../../functions/jobs/check-spark-job-identifier.ts';
import { createSparkJob } from '../../../functions/jobs/create-spark-job.ts';
import { deleteSparkJob } from '../../../functions/jobs/delete-spark-job.ts';
import { listDeletedSparkJobs } from '../../../functions/jobs/list-deleted-spark-jobs.ts';
import { updateSparkJob } from '../../../functions/jobs/update-spark-job.ts';
import { withdrawResults } from '../../../functions/jobs/withdraw-results.ts';
import { withdrawPublicCopies } from '../../../functions/upkeep/withdraw-public-copies.ts';
import { listRuns } from '../../../functions/runs/list-runs.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import { SEED_EMR_RELEASES, withFacts, type KeptEmrRelease } from '../../../shared/domain/emr-release.ts';
import { DEFAULT_LIMITS } from '../../../shared/domain/settings.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import type { SparkJobRequest } from '../../../shared/domain/spark-job-plan.ts';
import { ADMIN, ALICE, at, BOB } from '../../fakes/cluster.ts';
import { fakeResultFiles } from '../../fakes/fake-result-files.ts';
import { grantOnSparkJob } from '../../fakes/grant.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, finishedJob, JOB_REQUEST, NOTEBOOK, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const JUPYTER = JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source: 'print(1)' }] });
type Wanted = Partial<Omit<SparkJobRequest, 'emrRelease' | 'timeout' | 'engine'>> & {
  engine?: SparkJob['engine'] | undefined;
  emrRelease?: string | undefined;
  timeout?: number | undefined;
};

const withoutSevenNine = (release: KeptEmrRelease): KeptEmrRelease => ({
  ...release,
  isActive: release.version !== '7.9.0',
});
const releases = { all: async () => withFacts(SEED_EMR_RELEASES.map(withoutSevenNine)) };
const JOB_MAINTAINER = { ...BOB, groups: ['job-maintainers'] };

const begin = (...present: SparkJob[]) => {
  const world = jobWorld(...present);
  world.store.upload('sub-alice', 'up-1', 'daily report.ipynb', JUPYTER);
  const files = fakeResultFiles();
  const results = withdrawResults({ ...world, resultFiles: files.resultFiles });
  const dependencies = {
    ...world,
    results,
    withdrawal: results,
    notebooks: world.store.notebooks,
    schedules: world.schedules.schedules,
    executions: world.workflow.executions,
    releases,
    newId: () => 'job-1',
  };
  const create = createSparkJob(dependencies);
  return {
    ...world,
    resultFiles: files,
    withdrawPublicCopies: withdrawPublicCopies({ identifiers: world.identifiers, results }),
    create: (changes: Wanted & { notebookUploadId?: string; identifier?: string } = {}, person = ALICE) =>
      create({ ...JOB_REQUEST, identifier: 'daily-report', notebookUploadId: 'up-1', ...changes }, person),
    update: (changes: Wanted & { notebookUploadId?: string | null } = {}, person = ALICE) =>
      updateSparkJob(dependencies)({ ...JOB_REQUEST, identifier: 'daily-report', ...changes }, person),
    remove: (person = ALICE, results: 'keep' | 'remove' = 'keep') =>
      deleteSparkJob(dependencies)({ identifier: 'daily-report', results }, person),
  };
};

const held = async ({ reservations }: ReturnType<typeof begin>) =>
  (await reservations.change(ALICE.id, (same) => same)).held.map(({ id }) => id);

const refused = (field: string, message: RegExp) => ({
  name: 'InvalidInput',
  errors: [{ field, message: expect.stringMatching(message) as string }],
});

const NOTE = JSON.stringify({ name: 'note', paragraphs: [{ text: '%sql show tables' }] });
const NO_ZEPPELIN = refused('emrRelease', /spark-8\.0\.0 has no Zeppelin, which this note needs/);

describe('creating a job', () => {
  it('begins an interval with a run at once and goes on one interval later', async () => {
    const world = begin();
    const view = await world.create();
    expect(view).toMatchObject({
      identifier: 'daily-report',
      owner: 'alice',
      startDate: at('06:40:00'),
      endDate: null,
      notebook: { name: 'daily report.ipynb', kind: 'jupyter', version: 'v1' },
      isRunnable: true,
      latestRun: null,
      nextRuns: expect.arrayContaining(['2026-11-24T06:40:00.000Z']) as string[],
      permissions: ['view', 'run', 'manage', 'share'],
    });
    expect([...world.workflow.started]).toEqual([
      [
        'first-job-1-20261123T064000000Z',
        {
          jobId: 'job-1',
          identifier: 'daily-report',
          trigger: 'firstRun',
          occurrence: at('06:40:00'),
          parameters: null,
        },
      ],
    ]);
    expect(world.schedules.put.get('job-1')).toBe('2026-11-24T06:40:00.000Z');
    expect((await world.job()).schedulePendingSince).toBeNull();
    expect(world.store.stored.size).toBe(1);
  });

  it('has an engine that runs its notebook, of which the audit trail tells', async () => {
    const audited = (world: ReturnType<typeof begin>) => world.audit.entries.map(({ detail }) => detail['engine']);
    const jupyter = begin();
    jupyter.changeSettings({ defaultEngine: 'serverless' });
    expect(await jupyter.create({ emrRelease: '7.13.0', engine: undefined })).toMatchObject({ engine: 'serverless' });
    expect(audited(jupyter)).toEqual(['serverless']);

    const zeppelin = begin();
    zeppelin.changeSettings({ defaultEngine: 'serverless' });
    zeppelin.store.upload('sub-alice', 'note', 'note.zpln', NOTE);
    const note = { emrRelease: '7.13.0', notebookUploadId: 'note' };
    await expect(zeppelin.create({ ...note, engine: 'serverless' })).rejects.toMatchObject(
      refused('engine', /Zeppelin/),
    );
    expect(audited(zeppelin)).toEqual([]);
    expect(await zeppelin.create({ ...note, engine: undefined })).toMatchObject({ engine: 'cluster' });
    expect(audited(zeppelin)).toEqual(['cluster']);
  });

  it.each([
    ['a later start', { startDate: at('12:00:00') }, at('12:00:00')],
    [
      'a cron expression',
      { schedule: { type: 'cron', expression: '0 7 * * ? *', timeZone: 'Europe/Berlin' } },
      '2026-11-24T06:00:00.000Z',
    ],
    ['a disabled job', { isEnabled: false }, '2026-11-24T06:40:00.000Z'],
  ] as const)('waits for the schedule with %s', async (_, changes, next) => {
    const world = begin();
    await world.create(changes);
    expect(world.workflow.started.size).toBe(0);
    expect(world.schedules.put.get('job-1')).toBe(next);
  });

  it('is done although AWS takes neither schedule nor first run: the upkeep repairs that', async () => {
    const world = begin();
    world.schedules.errors.push(new AwsThrottled('slow down'));
    world.workflow.errors.push(new AwsFailed('broken'));
    await world.create();
    expect((await world.job()).schedulePendingSince).not.toBeNull();
    await world.putSchedule(await world.job());
    expect(world.schedules.put.size).toBe(1);
    expect((await world.job()).schedulePendingSince).toBeNull();
  });

  it('stores the completed notebook and answers what the check warns of', async () => {
    const world = begin();
    const cells = [{ cell_type: 'code', source: '%%configure\n{}' }];
    world.store.upload('sub-alice', 'up-2', 'a.ipynb', JSON.stringify({ nbformat: 4, cells }));
    expect((await world.create({ notebookUploadId: 'up-2' })).warnings).toEqual([
      expect.stringContaining('%%configure'),
    ]);
    const [file] = [...world.store.stored.values()];
    expect(JSON.parse(new TextDecoder().decode(file?.content))).toMatchObject({
      metadata: { kernelspec: { name: 'python3' } },
      cells: [{ metadata: {}, outputs: [] }],
    });
    expect(file?.size).toBe(file?.content.byteLength);
    expect((await world.update({ notebookUploadId: 'up-2' })).warnings).toHaveLength(1);
    expect((await world.update()).warnings).toEqual([]);
  });

  it('refuses a cron expression that names no time before the end', async () => {
    const schedule = { type: 'cron', expression: '0 7 * * ? *', timeZone: 'UTC' } as const;
    const world = begin();
    await expect(world.create({ schedule, endDate: at('06:50:00') })).rejects.toMatchObject(
      refused('endDate', /no occurrence before this end/),
    );
    await world.create({ schedule, endDate: at('07:00:00') });
    await expect(world.update({ schedule, endDate: at('06:50:00') })).rejects.toMatchObject(
      refused('endDate', /no occurrence before this end/),
    );
  });

  it('lets other settings of a job be changed when its last time has passed', async () => {
    const schedule = { type: 'cron', expression: '0 7 * * ? *', timeZone: 'UTC' } as const;
    const world = begin(sparkJob({ schedule, endDate: '2026-11-24T06:00:00.000Z' }));
    world.clock.set(at('08:00:00'));
    expect(await world.update({ schedule, endDate: '2026-11-24T06:00:00.000Z', description: 'Other' })).toMatchObject({
      description: 'Other',
    });
  });

  it('starts in a whole second, as deliveries name them: within one, a start would come after its own occurrence', async () => {
    const world = begin();
    world.clock.set('2026-11-23T06:40:00.900Z');
    expect(await world.create({ startDate: null })).toMatchObject({ startDate: at('06:40:00') });
  });

  it('takes the default release where none is named, and keeps the job’s when it is changed', async () => {
    const world = begin();
    expect(await world.create({ emrRelease: undefined })).toMatchObject({ emrRelease: '7.13.0' });
    const older = begin(sparkJob({ emrRelease: '7.9.0' }));
    expect(await older.update({ emrRelease: undefined })).toMatchObject({ emrRelease: '7.9.0' });
  });

  it.each([
    ['size', { size: 13 }],
    ['size', { size: 1000 }],
    ['timeout', { timeout: 7 }],
    ['timeout', { timeout: 1000 }],
  ])('refuses a %s over the limit of the settings, for a new job and for a changed one', async (field, changes) => {
    const world = begin();
    world.changeSettings({ limits: { ...DEFAULT_LIMITS, maxSize: 12, maxTimeout: 6, defaultTimeout: 5 } });
    const message = expect.stringMatching(/as a whole number from 1 to (12|6)\.$/) as string;
    const refusal = { name: 'InvalidInput', errors: [{ field, message }] };
    await expect(world.create(changes)).rejects.toMatchObject(refusal);
    await world.create({ size: 12, timeout: 6 });
    await expect(world.update(changes)).rejects.toMatchObject(refusal);
  });

  it('lets a job keep what an earlier limit allowed, and presets the timeout of the settings', async () => {
    const world = begin(sparkJob({ size: 20, timeout: 24 }));
    world.changeSettings({ limits: { ...DEFAULT_LIMITS, maxSize: 12, maxTimeout: 6, defaultTimeout: 5 } });
    expect(await world.update({ size: 20, timeout: undefined, description: 'Other' })).toMatchObject({
      size: 20,
      timeout: 24,
    });
    const fresh = begin();
    fresh.changeSettings({ limits: { ...DEFAULT_LIMITS, defaultTimeout: 5 } });
    expect(await fresh.create({ timeout: undefined })).toMatchObject({ timeout: 5 });
  });

  it('refuses an identifier that is taken, and keeps no file of it', async () => {
    const world = begin(sparkJob({ id: 'other' }));
    await expect(world.create()).rejects.toMatchObject({ name: 'Conflict' });
    world.jobs.isIdentifierTaken = async () => false;
    await expect(world.create()).rejects.toMatchObject({ name: 'Conflict' });
    expect(world.store.stored.size).toBe(0);
    expect((await world.job()).id).toBe('other');
  });

  it.each([
    ['startDate', { startDate: at('06:34:59') }, /in the past/],
    ['endDate', { endDate: at('06:40:00') }, /after the start/],
    ['endDate', { startDate: at('12:00:00'), endDate: at('11:00:00') }, /after the start/],
    ['schedule', { schedule: { type: 'cron', expression: '0 6 1 1 ? 2020', timeZone: 'UTC' } }, /no future occurrence/],
    ['emrRelease', { emrRelease: '7.9.0' }, /not available/],
    ['emrRelease', { emrRelease: '9.9.9' }, /not available/],
    ['notebookUploadId', { notebookUploadId: 'up-2' }, /upload was not found/],
  ] as const)('refuses a wrong %s', async (field, changes, message) => {
    const world = begin();
    await expect(world.create(changes)).rejects.toMatchObject(refused(field, message));
    expect(await world.jobs.isIdentifierTaken('daily-report')).toBe(false);
    expect(world.store.stored.size).toBe(0);
  });

  it('refuses a Zeppelin note for a release without Zeppelin', async () => {
    const world = begin();
    world.store.upload('sub-alice', 'note', 'note.zpln', NOTE);
    await expect(world.create({ emrRelease: 'spark-8.0.0', notebookUploadId: 'note' })).rejects.toMatchObject(
      NO_ZEPPELIN,
    );
    expect(world.store.stored.size).toBe(0);
    expect(await world.create({ emrRelease: 'spark-8.0.0' })).toMatchObject({ emrRelease: 'spark-8.0.0' });
  });

  it.each([
    ['creating', (world: ReturnType<typeof begin>) => world.create],
    ['editing', (world: ReturnType<typeof begin>) => world.update],
  ])('refuses occurrences less than 15 minutes apart when %s', async (what, save) => {
    const world = what === 'creating' ? begin() : begin(sparkJob());
    const at = (expression: string) => ({ schedule: { type: 'cron', expression, timeZone: 'UTC' } as const });
    await expect(save(world)(at('0/10 * * * ? *'))).rejects.toMatchObject(
      refused('schedule', /10 minutes apart; at least 15 .* ask an administrator/),
    );
    await save(world)(at('0/15 * * * ? *'));
  });

  it('refuses more jobs than the quota, and takes no identifier for them', async () => {
    const world = begin();
    for (let count = 0; count < 100; count += 1)
      await world.quotas.reserve(ALICE, { kind: 'sparkJob', id: `${count}` });
    await expect(world.create()).rejects.toMatchObject({ name: 'QuotaExceeded' });
    expect(await world.identifiers.find('daily-report')).toBeNull();
    expect(world.store.stored.size).toBe(0);
    await world.quotas.release(ALICE.id, { kind: 'sparkJob', id: '0' });
    await world.create();
    expect(await held(world)).toContain('daily-report');
  });

  it('keeps nothing reserved for an identifier that is somebody else’s', async () => {
    const world = begin();
    await world.identifiers.claim('daily-report', BOB.id);
    await expect(world.create()).rejects.toMatchObject({ name: 'Conflict' });
    expect(await held(world)).toEqual([]);
  });

  it('releases what was reserved with the deletion, which the sweep can see from its beginning', async () => {
    const world = begin();
    await world.create();
    world.clock.advance(60);
    const { delete: deleteJob } = world.jobs;
    let open: unknown;
    world.jobs.delete = async (job) => {
      open = await world.reservations.open();
      return deleteJob(job);
    };
    await world.remove();
    expect(open).toMatchObject([{ held: [{ id: 'daily-report', openSince: at('07:40:00') }] }]);
    expect(await held(world)).toEqual([]);
  });

  it('takes a start that was "now" when the form was opened', async () => {
    const world = begin();
    expect(await world.create({ startDate: at('06:36:00') })).toMatchObject({ startDate: at('06:36:00') });
    expect(world.workflow.started.size).toBe(1);
  });

  it('refuses uploads that are no notebooks, and those of somebody else', async () => {
    const world = begin();
    world.store.upload('sub-alice', 'text', 'renamed.ipynb', 'hello');
    world.store.uploads.set('sub-alice binary', {
      fileName: 'a.ipynb',
      size: 2,
      content: new Uint8Array([0xff, 0xfe]),
    });
    world.store.upload('sub-bob', 'bobs', 'a.ipynb', JUPYTER);
    for (const [notebookUploadId, message] of [
      ['text', /not JSON/],
      ['binary', /not UTF-8 text/],
      ['bobs', /upload was not found/],
    ] as const)
      await expect(world.create({ notebookUploadId })).rejects.toMatchObject(refused('notebookUploadId', message));
  });
});

describe('changing a job', () => {
  it('takes new settings and leaves notebook, schedule and run as they are', async () => {
    const world = begin(runningJob());
    const view = await world.update({ description: 'New words', size: 5, isEnabled: false });
    expect(view).toMatchObject({ description: 'New words', size: 5, isEnabled: false, nextRuns: [] });
    expect(view.notebook).toMatchObject({ version: NOTEBOOK.version });
    expect(view.latestRun).toMatchObject({ size: 3 });
    expect(world.schedules.put.size).toBe(0);
    expect((await world.job()).accountedUntil).toBe(sparkJob().accountedUntil);
  });

  it('takes a new notebook as a new version', async () => {
    const world = begin(sparkJob());
    expect(await world.update({ notebookUploadId: 'up-1' })).toMatchObject({ notebook: { version: 'v1' } });
    await expect(world.update({ notebookUploadId: 'up-9' })).rejects.toMatchObject(
      refused('notebookUploadId', /upload was not found/),
    );
  });

  it('moves the start to the future only, which resets the schedule', async () => {
    const world = begin(finishedJob({ scheduleAnchor: at('06:10:00') }));
    await expect(world.update({ startDate: at('06:39:00') })).rejects.toMatchObject(refused('startDate', /future/));
    await world.update({ startDate: at('09:00:00') });
    expect(await world.job()).toMatchObject({ scheduleAnchor: at('09:00:00'), accountedUntil: at('06:40:00') });
    expect(world.schedules.put.get('job-1')).toBe(at('09:00:00'));
  });

  it('keeps what the schedule before has left open, for the sweep', async () => {
    const missed = [
      { occurrence: at('06:20:00'), reason: 'notStarted', number: 2, recordedAt: at('06:30:00') },
    ] as const;
    const schedule = { type: 'cron', expression: '0/20 * * * ? *', timeZone: 'UTC' } as const;
    const job = finishedJob({ schedule, missed });
    const world = begin(job);
    await world.update({ schedule: { type: 'interval', hours: 24 } });
    const { scheduleAnchor, startDate, endDate, accountedUntil } = job;
    expect(await world.job()).toMatchObject({
      accountedUntil: at('06:40:00'),
      missed,
      formerSchedules: [{ schedule, scheduleAnchor, startDate, endDate, accountedUntil, until: at('06:40:00') }],
    });
  });

  it('keeps a start in the past that is not moved', async () => {
    const world = begin(finishedJob());
    expect(await world.update({ startDate: at('06:00:00') })).toMatchObject({ startDate: at('06:00:00') });
  });

  it('revives an expired job by an end in the future, or by none', async () => {
    const expired = finishedJob({ endDate: at('06:30:00'), expiredAt: at('06:30:30') });
    for (const endDate of ['2026-12-01T00:00:00.000Z', null]) {
      const world = begin(expired);
      expect(await world.update({ endDate })).toMatchObject({ endDate, expiredAt: null });
      expect(world.schedules.put.get('job-1')).toBe('2026-11-24T06:00:00.000Z');
    }
  });

  it('leaves an expired job expired where its end is left alone', async () => {
    const expired = finishedJob({ endDate: at('06:30:00'), expiredAt: at('06:30:30') });
    for (const changes of [{}, { endDate: at('06:30:00') }]) {
      const world = begin(expired);
      expect(await world.update({ ...changes, description: 'x' })).toMatchObject({ expiredAt: at('06:30:30') });
      expect(world.schedules.put.size).toBe(0);
    }
  });

  it('refuses an end in the past or before the start', async () => {
    const world = begin(finishedJob());
    await expect(world.update({ endDate: at('06:30:00') })).rejects.toMatchObject(refused('endDate', /in the past/));
    await expect(world.update({ startDate: at('12:00:00'), endDate: at('11:00:00') })).rejects.toMatchObject(
      refused('endDate', /after the start/),
    );
  });

  it('writes another schedule, also where AWS takes it only later', async () => {
    const world = begin(finishedJob());
    world.schedules.errors.push(new AwsThrottled('slow down'));
    await world.update({ schedule: { type: 'interval', hours: 168 } });
    expect((await world.job()).schedulePendingSince).not.toBeNull();
    await world.putSchedule(await world.job());
    expect(world.schedules.put.get('job-1')).toBe('2026-11-30T06:00:00.000Z');
  });

  it('keeps a release that is no longer offered, but takes none such anew', async () => {
    const old = begin(sparkJob({ emrRelease: '7.9.0' }));
    await old.update({ emrRelease: '7.9.0' });
    const world = begin(sparkJob());
    await expect(world.update({ emrRelease: '7.9.0' })).rejects.toMatchObject(refused('emrRelease', /not available/));
  });

  it('refuses a release that lacks what the notebook needs, whichever of the two is changed', async () => {
    const note = begin(sparkJob({ notebook: { ...NOTEBOOK, kind: 'zeppelin' } }));
    await expect(note.update({ emrRelease: 'spark-8.0.0' })).rejects.toMatchObject(NO_ZEPPELIN);
    const job = begin(sparkJob({ emrRelease: 'spark-8.0.0' }));
    job.store.upload('sub-alice', 'note', 'note.zpln', NOTE);
    await expect(job.update({ emrRelease: 'spark-8.0.0', notebookUploadId: 'note' })).rejects.toMatchObject(
      NO_ZEPPELIN,
    );
    expect(job.store.stored.size).toBe(0);
    await job.update({ emrRelease: '7.13.0', notebookUploadId: 'note' });
    expect(await job.job()).toMatchObject({ emrRelease: '7.13.0', notebook: { kind: 'zeppelin' } });
  });

  it('refuses a notebook that its engine cannot run, and keeps the engine where none is asked for', async () => {
    const job = begin(sparkJob({ engine: 'serverless' }));
    job.store.upload('sub-alice', 'note', 'note.zpln', NOTE);
    const note = { notebookUploadId: 'note', engine: undefined };
    await expect(job.update(note)).rejects.toMatchObject(refused('engine', /Zeppelin/));
    expect(job.store.stored.size).toBe(0);
    expect(await job.update({ engine: undefined })).toMatchObject({ engine: 'serverless' });
    expect(await job.update({ ...note, engine: 'cluster' })).toMatchObject({ engine: 'cluster' });
  });

  it('is for the owner and admins', async () => {
    const world = begin(sparkJob());
    await expect(world.update({}, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(world.update({}, JOB_MAINTAINER)).rejects.toMatchObject({ name: 'Forbidden' });
    expect(await world.update({}, ADMIN)).toMatchObject({ owner: 'alice' });
  });
});

describe('an identifier', () => {
  it('belongs to its owner for good: after a deletion only they may use it again', async () => {
    const world = begin();
    const isFree = checkSparkJobIdentifier(world);
    world.store.upload('sub-bob', 'up-1', 'a.ipynb', JUPYTER);
    await world.create();
    await world.remove();
    expect(await isFree({ identifier: 'daily-report' }, ALICE)).toEqual({ available: true, reason: null });
    expect(await isFree({ identifier: 'daily-report' }, BOB)).toEqual({
      available: false,
      reason: expect.stringMatching(/belongs to another person, even after/) as string,
    });
    await expect(world.create({}, BOB)).rejects.toMatchObject({ name: 'Conflict' });
    expect(world.store.stored.size).toBe(0);
    await world.create();
    expect(await world.job()).toMatchObject({ owner: 'alice' });
  });

  it('is not claimed by what is refused', async () => {
    const world = begin();
    world.store.upload('sub-alice', 'bad', 'a.ipynb', 'no notebook');
    await expect(world.create({ notebookUploadId: 'bad' })).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(await world.identifiers.find('daily-report')).toBeNull();
  });
});

describe('public results', () => {
  const PUBLIC = { resultVisibility: 'public' } as const;
  const PRIVATE = { resultVisibility: 'private' } as const;

  it('are made private with the change that asks for it, and again until no run can be writing', async () => {
    const world = begin(finishedJob(PUBLIC));
    await world.update(PRIVATE);
    expect(world.resultFiles.done).toEqual(['make private daily-report']);
    world.clock.set(at('06:45:00'));
    await world.withdrawPublicCopies();
    world.clock.set(at('06:50:00'));
    await world.withdrawPublicCopies();
    expect(world.resultFiles.done).toHaveLength(3);
    await world.withdrawPublicCopies();
    expect(world.resultFiles.done).toHaveLength(3);
    expect(await world.identifiers.withWithdrawal()).toEqual([]);
  });

  it('of a run that goes on are made private until it has ended', async () => {
    const world = begin(runningJob(PUBLIC, PUBLIC));
    await world.update(PRIVATE);
    world.clock.set(at('08:00:00'));
    await world.withdrawPublicCopies();
    await world.withdrawPublicCopies();
    expect(world.resultFiles.done).toHaveLength(3);
    expect(await world.identifiers.withWithdrawal()).toHaveLength(1);
  });

  it('are left to the upkeep where S3 fails, also when the job is deleted', async () => {
    const world = begin(finishedJob(PUBLIC));
    world.resultFiles.errors.push(new AwsThrottled('slow down'));
    await world.remove();
    expect(world.resultFiles.done).toEqual([]);
    await world.withdrawPublicCopies();
    expect(world.resultFiles.done).toEqual(['make private daily-report']);
  });

  it('stay where they are while the job is public', async () => {
    const world = begin(finishedJob(PUBLIC));
    await world.update({ ...PUBLIC, description: 'Other' });
    expect(await world.identifiers.withWithdrawal()).toEqual([]);
    // The withdrawal was noted, and the change then failed.
    await world.identifiers.claim('daily-report', 'sub-alice');
    const withdrawal = { scope: 'public', since: at('06:00:00') } as const;
    await world.identifiers.change('daily-report', (known) => ({ ...known, withdrawal }));
    await world.withdrawPublicCopies();
    expect(world.resultFiles.done).toEqual([]);
    expect(await world.identifiers.withWithdrawal()).toEqual([]);
  });
});

describe('results of a deleted job', () => {
  it('are removed where its owner wants it, and the job is listed no more', async () => {
    const world = begin(finishedJob());
    await world.remove(ALICE, 'remove');
    expect(world.resultFiles.done).toEqual(['remove daily-report']);
    expect((await listDeletedSparkJobs(world)({ limit: 25 }, ALICE)).items).toEqual([]);
  });

  it('are gone before the next job of the identifier is there, and never after', async () => {
    const world = begin(finishedJob());
    world.resultFiles.errors.push(new AwsFailed('broken'));
    await world.remove(ALICE, 'remove');
    await world.create();
    expect(world.resultFiles.done).toEqual(['remove daily-report']);
    world.clock.set(at('08:00:00'));
    await world.withdrawPublicCopies();
    expect(world.resultFiles.done).toHaveLength(1);
  });
});

describe('a deleted job', () => {
  const deleted = async () => {
    const world = begin(finishedJob());
    await world.history.record(runOf(finishedJob()));
    await world.remove();
    return world;
  };
  const input = { identifier: 'daily-report', limit: 25 };

  it('is listed for its owner, and its runs go on answering', async () => {
    const world = await deleted();
    const list = listDeletedSparkJobs(world);
    expect(await list({ limit: 25 }, ALICE)).toMatchObject({
      items: [{ identifier: 'daily-report', runCount: 1, deletedAt: at('06:40:00') }],
      cursor: null,
    });
    expect((await list({ limit: 25 }, BOB)).items).toEqual([]);
    expect((await listRuns(world)(input, ALICE)).items).toMatchObject([{ number: 1 }]);
    expect((await listRuns(world)(input, ADMIN)).items).toHaveLength(1);
    for (const other of [BOB, JOB_MAINTAINER])
      await expect(listRuns(world)(input, other)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('lends its history to the next one of its owner, which no late delivery starts', async () => {
    const world = await deleted();
    world.clock.set(at('07:00:00'));
    await world.create();
    const job = await world.job();
    expect(job).toMatchObject({ id: 'job-1', runCount: 1, lastOccurrence: at('06:40:00'), latestRun: null });
    expect((await listDeletedSparkJobs(world)({ limit: 25 }, ALICE)).items).toEqual([]);
    expect((await listRuns(world)(input, ALICE)).items).toHaveLength(1);
    expect([...world.workflow.started.values()]).toMatchObject([{ trigger: 'firstRun', occurrence: at('07:00:00') }]);
  });

  it('is shared with nobody any more, and neither is the next one under its identifier', async () => {
    const world = begin(sparkJob());
    const grant = grantOnSparkJob(sparkJob(), 'user:sub-bob', 'manage');
    await world.grants.put(grant);
    await world.remove();
    expect(await world.grants.on('sparkJob', 'job-1')).toEqual([]);
    // As if the deletion had failed before it ended the sharing.
    await world.grants.put(grant);
    await expect(listRuns(world)(input, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await world.create();
    expect(await world.job()).toMatchObject({ id: 'job-1' });
    expect(await world.grants.on('sparkJob', 'job-1')).toEqual([]);
  });

  it('of the same second leaves the first run of the next one to be started', async () => {
    const world = await deleted();
    await world.create();
    const { lastOccurrence, startDate } = await world.job();
    expect(lastOccurrence ?? '').toBe('2026-11-23T06:39:59.999Z');
    expect(startDate).toBe(at('06:40:00'));
  });
});

describe('deleting a job', () => {
  it('terminates a live run and removes schedule, notebook and job', async () => {
    const world = begin(runningJob({}, { taskToken: 'token' }));
    world.schedules.put.set('job-1', 'next');
    world.store.stored.set(NOTEBOOK.key, { fileName: 'a', size: 1, content: new Uint8Array() });
    await world.remove();
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
    expect(world.schedules.put.size).toBe(0);
    expect(world.store.stored.size).toBe(0);
    await expect(world.job()).rejects.toMatchObject({ name: 'NotFound' });
    expect(await world.runs()).toMatchObject([
      { outcome: 'cancelled', termination: { by: 'alice', reason: 'jobDeleted' }, finishedAt: at('06:40:00') },
    ]);
    expect(world.workflow.completed).toMatchObject([{ outcome: { outcome: 'cancelled' } }]);
  });

  it('asks nothing of EMR where no run goes on', async () => {
    for (const job of [sparkJob(), finishedJob(), claimedJob()]) {
      const world = begin(job);
      await world.remove();
      expect(world.emr.calls.terminate).toEqual([]);
      await expect(world.job()).rejects.toMatchObject({ name: 'NotFound' });
    }
  });

  it('can be repeated where AWS failed on the way', async () => {
    const world = begin(runningJob());
    world.emr.failures.terminate.push(new AwsThrottled('slow down'));
    await expect(world.remove()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await world.run()).toMatchObject({ termination: { reason: 'jobDeleted' } });
    // Whoever does not repeat it has a job whose schedule the upkeep restores.
    expect(await world.job()).toMatchObject({ schedulePendingSince: at('06:40:00') });
    await world.remove();
    expect(world.emr.calls.terminate).toHaveLength(2);
    await expect(world.job()).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('writes the end of a run that was never launched to its history while the job is there to try again', async () => {
    const world = begin(claimedJob({}, { launchAttemptedAt: null }));
    const { record } = world.history;
    world.history.record = async () => {
      throw new AwsThrottled('slow down');
    };
    await expect(world.remove()).rejects.toMatchObject({ name: 'AwsThrottled' });
    world.history.record = record;
    await world.remove();
    expect(await world.runs()).toMatchObject([{ outcome: 'cancelled', termination: { reason: 'jobDeleted' } }]);
  });

  it('ends a run that an occurrence claims meanwhile, too', async () => {
    const world = begin(finishedJob());
    const { deleteAll } = world.store.notebooks;
    world.store.notebooks.deleteAll = async (id) => {
      world.store.notebooks.deleteAll = deleteAll;
      await world.jobs.change('daily-report', () => runningJob({ runCount: 2 }));
      await deleteAll(id);
    };
    await world.remove();
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
    await expect(world.job()).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('leaves no schedule behind that the upkeep wrote meanwhile', async () => {
    const world = begin(sparkJob());
    const { deleteAll } = world.store.notebooks;
    world.store.notebooks.deleteAll = async (id) => {
      await deleteAll(id);
      world.schedules.put.set('job-1', 'restored');
    };
    await world.remove();
    expect(world.schedules.put.size).toBe(0);
  });

  it('is for the owner and admins', async () => {
    const world = begin(runningJob());
    await expect(world.remove(BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(world.remove(JOB_MAINTAINER)).rejects.toMatchObject({ name: 'Forbidden' });
    expect(await world.job()).toEqual(runningJob());
    expect(runOf(await world.job()).workload.termination).toBeNull();
  });
});
