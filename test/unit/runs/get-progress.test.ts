import { describe, expect, it } from 'vitest';

import { getProgress } from '../../../functions/runs/get-progress.ts';
import { routes } from '../../../shared/contract/api.ts';
import type { NotebookProgress } from '../../../shared/domain/run-stages.ts';
import type { RunOutcome } from '../../../shared/domain/run.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { ALICE, at, BOB } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, finishedJob, runningJob, runOf } from '../../fakes/spark-job.ts';

const BEGUN: NotebookProgress = { cell: null, cells: 7, startedAt: at('06:06:30'), uploadingSince: null };

const dayOf = (at: number): string => `202611${String(at + 1).padStart(2, '0')}`;

/** Runs of earlier days that took so many seconds. */
const runsOf = (seconds: readonly number[], outcome: RunOutcome, onDay = dayOf) =>
  seconds.map((took, day) =>
    runOf(
      finishedJob(
        {},
        {
          id: `${onDay(day)}T060000000Z-x`,
          outcome,
          finishedAt: new Date(Date.parse(at('06:00:01')) + took * 1000).toISOString(),
        },
      ),
    ),
  );

const successes = (...seconds: readonly number[]) => runsOf(seconds, 'succeeded');

const progressOf = async (job: SparkJob, told: NotebookProgress | null, earlier = successes()) => {
  const world = jobWorld(job);
  for (const run of earlier) await world.history.record(run);
  const runId = runOf(job).id;
  if (told !== null) world.files.progress.set(runId, told);
  const answer = await getProgress({ ...world, files: world.files.files })(
    { identifier: 'daily-report', runId },
    ALICE,
  );
  expect(routes.getProgress.response.parse(answer)).toEqual(answer);
  return answer;
};

describe('how far a run is', () => {
  it.each([
    ['waiting for its turn', claimedJob(), null, 'waiting', at('06:00:00')],
    [
      'on a cluster that starts',
      runningJob({}, { status: 'STARTING', readyAt: null }),
      null,
      'starting',
      at('06:00:01'),
    ],
    ['ready, before the runner tells anything', runningJob(), null, 'starting', at('06:00:01')],
    ['in its notebook', runningJob(), { ...BEGUN, cell: 4 }, 'notebook', at('06:06:30')],
    ['storing its files', runningJob(), { ...BEGUN, uploadingSince: at('06:20:00') }, 'upload', at('06:20:00')],
    ['ending', runningJob({}, { status: 'TERMINATING' }), BEGUN, 'upload', null],
    ['over', finishedJob(), { ...BEGUN, cell: 7 }, 'ended', at('06:30:00')],
  ] as const)('is told of one that is %s', async (_what, job, told, stage, since) => {
    expect(await progressOf(job, told)).toMatchObject({ stage, since });
  });

  it('counts cells while it runs', async () => {
    expect(await progressOf(runningJob(), { ...BEGUN, cell: 4 })).toMatchObject({ cell: 4, cells: 7 });
    expect(await progressOf(finishedJob(), { ...BEGUN, cell: 4 })).toMatchObject({ cell: null, cells: null });
  });

  it('tells the median of the last ten successes, from three on', async () => {
    const usual = async (...seconds: readonly number[]) =>
      (await progressOf(runningJob(), null, successes(...seconds))).usual;
    expect(await usual(90, 100)).toBeNull();
    expect(await usual(90, 500, 100)).toBe(100);
    expect(await usual(90, 500, 100, 110)).toBe(105);
    expect(await usual(9999, 9999, 9999, 9999, 1, 1, 1, 1, 1, 20, 20, 20, 20, 20)).toBe(10.5);
  });

  it('knows what each stage usually takes', async () => {
    const { stages } = await progressOf(runningJob(), null, successes(1799, 1799, 1799));
    expect(stages.map(({ stage, usual }) => [stage, usual])).toEqual([
      ['waiting', 1],
      ['starting', 359],
      ['notebook', 1440],
      ['upload', null],
      ['ended', null],
    ]);
  });

  it('leaves out runs that failed, and later ones', async () => {
    const failed = runsOf([1, 1, 1, 1], 'failed');
    const later = runsOf([1, 1, 1], 'succeeded', (day) => `202612${day + 10}`);
    expect(await progressOf(finishedJob(), null, [...failed, ...later])).toMatchObject({ usual: null });
  });

  it('is for those who may see the job', async () => {
    const world = jobWorld(runningJob());
    const input = { identifier: 'daily-report', runId: runOf(runningJob()).id };
    await expect(getProgress({ ...world, files: world.files.files })(input, BOB)).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});
