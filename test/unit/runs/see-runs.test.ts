import { describe, expect, it } from 'vitest';

import { getFailure } from '../../../functions/runs/get-failure.ts';
import { getRun } from '../../../functions/runs/get-run.ts';
import { listLogs } from '../../../functions/runs/list-logs.ts';
import { listResults } from '../../../functions/runs/list-results.ts';
import { listRuns } from '../../../functions/runs/list-runs.ts';
import { runToView } from '../../../functions/runs/run-view.ts';
import { runAdvice } from '../../../functions/runs/run-advice.ts';
import { routes } from '../../../shared/contract/api.ts';
import { FAILURE_REASON_CODES } from '../../../shared/domain/run-mails.ts';
import { MISSED_REASONS, NOT_EXECUTED, TIMED_OUT } from '../../../shared/domain/run-reasons.ts';
import { ALICE, at, BOB } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { jobOnServerless } from '../../fakes/serverless-run.ts';
import { claimedJob, finishedJob, runningJob, runOf } from '../../fakes/spark-job.ts';

const JOB_MAINTAINER = { ...BOB, groups: ['job-maintainers'] };
const { id: runId } = runOf(runningJob());
const input = { identifier: 'daily-report', runId };
const CELL = {
  cell: 3,
  source: 'import fancy',
  errorName: 'ModuleNotFoundError',
  errorValue: "No module named 'fancy'",
  traceback: 'Traceback …',
};
const FAILED = {
  status: 'TERMINATED_WITH_ERRORS',
  outcome: 'failed',
  reason: { code: 'STEP_FAILURE', message: 'Shut down as step failed' },
} as const;

describe('listing runs', () => {
  const page = { identifier: 'daily-report', limit: 2 };
  const older = (day: string) => runOf(finishedJob({}, { id: `202611${day}T060000000Z-x`, number: Number(day) }));

  it('puts the latest run first as the job knows it, which is ahead of the history', async () => {
    const world = jobWorld(runningJob());
    for (const run of [older('21'), older('22'), runOf(claimedJob())]) await world.history.record(run);
    const first = await listRuns(world)(page, ALICE);
    expect(first.items.map(({ id, status }) => [id, status])).toEqual([
      [runId, 'RUNNING'],
      [older('22').id, 'TERMINATED'],
    ]);
    const second = await listRuns(world)({ ...page, cursor: first.cursor ?? '' }, ALICE);
    expect(second).toMatchObject({ items: [{ id: older('21').id }], cursor: null });
    expect(routes.listRuns.response.parse(first)).toEqual(first);
  });

  it.each([1, 2, 3, 4, 5])('shows a run that the history does not know yet, on pages of %i at most', async (limit) => {
    const world = jobWorld(claimedJob());
    const days = ['20', '21', '22'];
    for (const day of days) await world.history.record(older(day));
    const shown: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const answer = await listRuns(world)({ ...page, limit, cursor }, ALICE);
      expect(answer.items.length).toBeLessThanOrEqual(limit);
      shown.push(...answer.items.map(({ id }) => id));
      cursor = answer.cursor;
    }
    expect(shown).toEqual([runId, ...days.toReversed().map((day) => older(day).id)]);
  });

  it('is searched by number, outcome and reason, and sorted', async () => {
    const world = jobWorld(runningJob());
    await world.history.record({
      ...older('20'),
      scheduledAt: '2026-11-20T06:00:00.000Z',
      outcome: 'failed',
      reason: { code: 'STEP_FAILURE', message: 'No data' },
    });
    await world.history.record({ ...older('21'), scheduledAt: '2026-11-21T06:00:00.000Z' });
    const search = async (request: Partial<Parameters<ReturnType<typeof listRuns>>[0]>) => {
      const { items, total } = await listRuns(world)({ ...page, limit: 9, ...request }, ALICE);
      return [items.map(({ outcome }) => outcome), total];
    };
    expect(await search({ query: 'no data' })).toEqual([['failed'], 1]);
    expect(await search({ query: 'succeeded' })).toEqual([['succeeded'], 1]);
    expect(await search({ sort: 'outcome' })).toEqual([['failed', 'succeeded', null], 3]);
    expect(await search({ sort: '-scheduledAt' })).toEqual([[null, 'succeeded', 'failed'], 3]);
  });

  it('is for those who may see the job', async () => {
    const world = jobWorld(runningJob());
    expect((await listRuns(world)(page, JOB_MAINTAINER)).items).toHaveLength(1);
    await expect(listRuns(world)(page, BOB)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('seeing a run', () => {
  it.each([
    ['claimed, and EMR not asked yet', claimedJob({}, { launchAttemptedAt: null }), 'LAUNCHING', 'waiting'],
    ['being launched', claimedJob(), 'LAUNCHING', 'starting'],
    ['running', runningJob(), 'RUNNING', 'running'],
    ['ending', runningJob({}, { status: 'TERMINATING' }), 'TERMINATING', 'ending'],
    ['over', finishedJob(), 'TERMINATED', 'ended'],
    ['missed', claimedJob({}, { status: 'TERMINATED', outcome: 'missed' }), 'MISSED', 'ended'],
  ] as const)('tells EMR’s word and the phase of one that is %s', async (_what, job, status, phase) => {
    expect(await getRun(jobWorld(job))(input, ALICE)).toMatchObject({ engine: 'cluster', status, phase });
  });

  it('names its ids in EMR’s words: those of a cluster, or those of a job run', () => {
    expect(runToView(runOf(runningJob()))).toMatchObject({ engine: 'cluster', jobflowId: 'j-1', jobRunId: null });
    const onServerless = (changes = {}) => runToView(runOf(jobOnServerless(changes)));
    expect(onServerless()).toMatchObject({ engine: 'serverless', jobflowId: null, jobRunId: '00run' });
    expect(onServerless({ emrId: null, status: 'LAUNCHING' })).toMatchObject({ jobflowId: null, jobRunId: null });
  });

  it('shows an older one from the history', async () => {
    const world = jobWorld(runningJob({}, { id: 'newer' }));
    await world.history.record(runOf(finishedJob()));
    expect(await getRun(world)(input, ALICE)).toMatchObject({
      id: runId,
      outcome: 'succeeded',
      cost: { hourly: 0.96, soFar: 0.479733, currency: 'USD' },
    });
    await expect(getRun(world)({ ...input, runId: 'none' }, ALICE)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('leads to its results and logs, for those who may see the job', async () => {
    const world = jobWorld(finishedJob());
    const file = (name: string) => ({
      key: name,
      name,
      s3Uri: `s3://results/${name}`,
      size: 1,
      lastModified: at('06:30:00'),
      etag: '"1"',
      url: `https://${name}`,
    });
    world.files.results.set(runId, [file('notebook.html'), file('a.csv')]);
    world.files.logs.set(runId, [file('stderr.gz')]);
    const files = { ...world, files: world.files.files };
    const one = { ...input, limit: 1 };
    const first = await listResults(files)(one, JOB_MAINTAINER);
    expect(first.items).toEqual([file('notebook.html')]);
    const second = await listResults(files)({ ...one, cursor: first.cursor ?? '' }, JOB_MAINTAINER);
    expect(second).toEqual({ items: [file('a.csv')], cursor: null });
    expect(await listLogs(files)(one, ALICE)).toEqual({ items: [file('stderr.gz')], cursor: null });
    await expect(listResults(files)(one, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(listLogs(files)(one, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(getFailure(files)(input, BOB)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('explaining a failure', () => {
  const explain = async (
    job: ReturnType<typeof finishedJob>,
    prepare: (world: ReturnType<typeof jobWorld>) => void = () => {},
  ) => {
    const world = jobWorld(job);
    world.files.tails.set(runId, 'last line of stderr');
    prepare(world);
    return getFailure({ ...world, files: world.files.files })(input, ALICE);
  };

  it('shows cell, traceback, log, reason and remedy at once', async () => {
    const failure = await explain(finishedJob({}, { ...FAILED, failure: CELL }));
    expect(failure).toEqual({
      ...CELL,
      logTail: 'last line of stderr',
      reason: FAILED.reason,
      advice: expect.stringMatching(/^Cell 3 .*ModuleNotFoundError.*%pip install/) as string,
      remedies: [{ kind: 'notebook', value: null }],
      changes: [],
      spark: null,
    });
    expect(routes.getFailure.response.parse(failure)).toEqual(failure);
  });

  it('reads the outcome where the run’s end was recorded without it', async () => {
    const failure = await explain(finishedJob({}, FAILED), ({ files }) =>
      files.outcomes.set(runId, { status: 'failed', failure: CELL, reason: null }),
    );
    expect(failure).toMatchObject({ cell: 3, errorName: 'ModuleNotFoundError' });
  });

  it("tells the runner's own sentence, and what to do about it", async () => {
    const message = "'class' cannot be the name of a parameter. Use a name that a Python variable can have.";
    const failure = await explain(finishedJob({}, FAILED), ({ files }) =>
      files.outcomes.set(runId, { status: 'failed', failure: null, reason: message }),
    );
    expect(failure).toMatchObject({
      cell: null,
      reason: { code: 'STEP_FAILURE', message },
      advice: expect.stringContaining('Rename the parameter') as string,
    });
  });

  it('explains a run that never had a cluster without asking for its logs', async () => {
    const refused = { code: 'VALIDATION_ERROR', message: 'no such release' };
    const failure = await explain(finishedJob({}, { ...FAILED, emrId: null, reason: refused }));
    expect(failure).toMatchObject({
      logTail: null,
      cell: null,
      reason: refused,
      advice: expect.stringContaining('EMR rejected') as string,
    });
  });

  const { workload } = runOf(claimedJob());

  it('has advice for every reason', () => {
    const codes = [
      ...FAILURE_REASON_CODES,
      'USER_REQUEST',
      TIMED_OUT,
      NOT_EXECUTED,
      ...Object.values(MISSED_REASONS).map(({ code }) => code),
    ];
    const unknown = runAdvice({ outcome: 'failed', reason: { code: 'NEW', message: '' }, workload }, null);
    const advice = codes.map((code) => runAdvice({ outcome: 'failed', reason: { code, message: '' }, workload }, null));
    expect(advice).not.toContain(unknown);
    expect(unknown).toContain('platform team');
  });

  it('says where nothing failed, or not yet', () => {
    const succeeded = { outcome: 'succeeded', reason: { code: 'ALL_STEPS_COMPLETED', message: '' } } as const;
    expect(runAdvice({ ...succeeded, workload }, null)).toBe('This run did not fail.');
    expect(runAdvice({ outcome: null, reason: null, workload }, null)).toContain('has not finished');
    expect(
      runAdvice(
        { outcome: 'failed', reason: null, workload },
        { ...CELL, cell: null, errorName: 'Odd', errorValue: '' },
      ),
    ).toMatch(/^A cell of the notebook raised Odd.*Read the traceback/);
  });
});
