import { describe, expect, it } from 'vitest';

import { getFailure } from '../../../functions/runs/get-failure.ts';
import { runRemedies } from '../../../functions/runs/run-remedies.ts';
import { NOTHING_CHANGED } from '../../../functions/runs/what-changed.ts';
import { routes } from '../../../shared/contract/api.ts';
import { TIMED_OUT } from '../../../shared/domain/run-reasons.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { ALICE } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, runOf } from '../../fakes/spark-job.ts';
import type { Changes } from '../../fakes/workload.ts';
import { SPARK_FACTS } from '../../fakes/spark-facts.ts';

const FAILED = {
  status: 'TERMINATED_WITH_ERRORS',
  outcome: 'failed',
  reason: { code: 'STEP_FAILURE', message: 'Shut down as step failed' },
} as const;

const notebook = (...sources: readonly string[]): string =>
  JSON.stringify({
    cells: [
      { cell_type: 'markdown', source: 'Text' },
      ...sources.map((source) => ({ cell_type: 'code', source: [source] })),
    ],
  });

const earlier = (day: string, changes: Changes<Run>) =>
  runOf(finishedJob({}, { id: `202611${day}T060000000Z-x`, ...changes }));

/** The failed run of 24 November, explained where these came before it. */
const explain = async (
  failed: Changes<Run>,
  before: readonly Run[],
  notebooks: Readonly<Record<string, string>> = {},
) => {
  const job = finishedJob({}, { ...FAILED, id: '20261124T060000000Z-x', ...failed });
  const world = jobWorld(job);
  for (const run of before) await world.history.record(run);
  for (const [version, text] of Object.entries(notebooks)) world.files.notebooks.set(version, text);
  const input = { identifier: 'daily-report', runId: runOf(job).id };
  const failure = await getFailure({ ...world, files: world.files.files })(input, ALICE);
  expect(routes.getFailure.response.parse(failure)).toEqual(failure);
  return failure;
};

describe('what Spark’s event log says', () => {
  it.each([
    ['a failed run', FAILED, SPARK_FACTS],
    ['a run that EMR never had', { ...FAILED, emrId: null }, null],
    ['a run that has succeeded', {}, null],
  ] as const)('is told of %s, or not', async (_whose, changes, told) => {
    const job = finishedJob({}, changes);
    const world = jobWorld(job);
    const { id } = runOf(job);
    world.files.sparkFacts.set(id, SPARK_FACTS);
    const failure = await getFailure({ ...world, files: world.files.files })(
      { identifier: 'daily-report', runId: id },
      ALICE,
    );
    expect(routes.getFailure.response.parse(failure).spark).toEqual(told);
  });
});

describe('what changed since a job last worked', () => {
  it('is told of everything a run was started with, cell by cell, with the way back', async () => {
    const success = earlier('22', {
      notebookVersion: 'v1',
      parameters: { country: 'DE', days: 7, gone: true },
      emrRelease: '7.9.0',
      size: 5,
    });
    const failed = earlier('23', { ...FAILED, notebookVersion: 'v0' });
    const { changes, remedies } = await explain(
      { notebookVersion: 'v2', parameters: { country: 'DE', days: 30, fresh: 1 }, size: 2 },
      [success, failed],
      { v1: notebook('a = 1', 'b = 2', 'c = 3'), v2: notebook('a = 1', 'new()', 'b = 2', 'c = 4') },
    );
    expect(changes).toEqual([
      {
        what: 'notebook',
        before: [{ cell: 3, source: 'c = 3' }],
        after: [
          { cell: 2, source: 'new()' },
          { cell: 4, source: 'c = 4' },
        ],
      },
      { what: 'parameters', before: { days: 7, gone: true }, after: { days: 30, fresh: 1 } },
      { what: 'emrRelease', before: '7.9.0', after: '7.10.0' },
      { what: 'size', before: 5, after: 2 },
    ]);
    expect(remedies).toEqual([
      { kind: 'notebook', value: null },
      { kind: 'parameters', value: { country: 'DE', days: 7, gone: true } },
      { kind: 'emrRelease', value: '7.9.0' },
      { kind: 'size', value: 5 },
    ]);
  });

  it('is nothing where only text of the notebook changed, or where the job never worked', async () => {
    const texts = { v1: notebook('a'), v2: notebook('a').replace('Text', 'Other text') };
    expect(await explain({ notebookVersion: 'v2' }, [earlier('22', { notebookVersion: 'v1' })], texts)).toMatchObject({
      changes: [],
    });
    expect(await explain({ size: 2 }, [earlier('22', FAILED)])).toMatchObject({ changes: [], remedies: [] });
  });

  it('is another notebook where the two cannot be compared', async () => {
    const { changes } = await explain({ notebookVersion: 'v2' }, [earlier('22', { notebookVersion: 'v1' })]);
    expect(changes).toEqual([{ what: 'notebook', before: [], after: [] }]);
  });

  it('compares notes by paragraph, and stays within bounds', async () => {
    const note = (mark: string) =>
      JSON.stringify({
        paragraphs: Array.from({ length: 900 }, (_, at) => ({ text: `${mark} ${at} ${'x'.repeat(9000)}` })),
      });
    const { changes } = await explain({ notebookVersion: 'v2' }, [earlier('22', { notebookVersion: 'v1' })], {
      v1: note('old'),
      v2: note('new'),
    });
    const [change] = changes;
    if (change?.what !== 'notebook') throw new Error('Nothing was told of the notebook.');
    expect([change.before.length, change.after.length, change.after[1]?.cell]).toEqual([20, 20, 2]);
    expect(JSON.stringify(changes).length).toBeLessThan(200_000);
  });

  it('is not asked of a run that goes on or has succeeded', async () => {
    const before = [earlier('22', { size: 9 })];
    expect(await explain({ outcome: 'succeeded', status: 'TERMINATED' }, before)).toMatchObject({
      changes: [],
      remedies: [],
    });
    expect(await explain({ outcome: null, status: 'RUNNING', finishedAt: null }, before)).toMatchObject({
      changes: [],
    });
  });
});

describe('remedies', () => {
  const limits = { maxSize: 30, maxTimeout: 24 };
  const { workload } = runOf(finishedJob());
  const failed = { outcome: 'failed', reason: null, workload, size: 2, timeout: 4 } as const;
  const cell = (errorName: string, errorValue = '') => ({ cell: 3, source: '', errorName, errorValue, traceback: '' });

  it.each([
    [
      'workers that ran out of memory',
      'Py4JJavaError',
      'ExecutorLostFailure',
      [
        ['size', 4],
        ['notebook', null],
      ],
    ],
    [
      'a time-out within a cell',
      'Stopped',
      '',
      [
        ['timeout', 8],
        ['size', 4],
        ['notebook', null],
      ],
    ],
    [
      'an absent path',
      'AnalysisException',
      '[PATH_NOT_FOUND] Path does not exist',
      [
        ['parameters', null],
        ['notebook', null],
      ],
    ],
    ['a cause that nobody knows', 'OddError', '', [['notebook', null]]],
    ['something slow elsewhere', 'ReadTimeout', 'timed out', []],
  ])('of %s', (_what, name, value, expected) => {
    const remedies = runRemedies(failed, cell(name, value), NOTHING_CHANGED, limits);
    expect(remedies.map((remedy) => [remedy.kind, remedy.value])).toEqual(expected);
  });

  it('stay within what a job may have', () => {
    const timedOut = { ...failed, outcome: 'timedOut', reason: { code: TIMED_OUT, message: '' } } as const;
    const of = (size: number, timeout: number) =>
      runRemedies({ ...timedOut, size, timeout }, null, NOTHING_CHANGED, limits);
    expect(of(20, 16)).toEqual([
      { kind: 'timeout', value: 24 },
      { kind: 'size', value: 30 },
    ]);
    expect(of(30, 24)).toEqual([]);
  });

  it('are not for what a person ended', () => {
    expect(runRemedies({ ...failed, outcome: 'cancelled' }, cell('Stopped'), NOTHING_CHANGED, limits)).toEqual([]);
  });
});
