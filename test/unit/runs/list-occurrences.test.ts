import { describe, expect, it } from 'vitest';

import { listOccurrences } from '../../../functions/runs/list-occurrences.ts';
import { routes } from '../../../shared/contract/api.ts';
import { MISSED_REASONS } from '../../../shared/domain/run-reasons.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { revisedJob } from '../../../shared/domain/spark-job-plan.ts';
import { ALICE, at, BOB } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, JOB_REQUEST, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';
import type { Changes } from '../../fakes/workload.ts';

type World = ReturnType<typeof jobWorld>;

const day = (number: number, time = '06:00:00.000'): string => `2026-11-${number}T${time}Z`;
const IDENTIFIER = 'daily-report';

const occurrencesOf = async (world: World, limit = 25) =>
  listOccurrences(world)({ identifier: IDENTIFIER, limit }, ALICE);

/** Each as its day, its outcome and the code of its reason. */
const told = async (world: World, limit?: number) =>
  (await occurrencesOf(world, limit)).items.map(({ occurrence, outcome, reason }) => [
    occurrence,
    outcome,
    reason?.code ?? null,
  ]);

/** The run of a scheduled day, ended. */
const runOn = (number: number, changes: Changes<Run> = {}): Run =>
  runOf(
    finishedJob(
      {},
      {
        id: `202611${number}T060000000Z-x`,
        number,
        trigger: 'schedule',
        occurrence: day(number),
        startedAt: day(number, '06:00:05.000'),
        finishedAt: day(number, '06:10:05.000'),
        ...changes,
      },
    ),
  );

const missing = async (
  world: World,
  occurrence: string,
  ...why: [reason: keyof typeof MISSED_REASONS, detail?: string]
) => world.recordMissedOccurrence(await world.job(), { trigger: 'schedule', occurrence }, ...why);

const handledUntil = (number: number, changes: Partial<SparkJob> = {}): SparkJob =>
  finishedJob({ accountedUntil: day(number), lastOccurrence: day(number), ...changes });

describe('occurrences', () => {
  it('of a job that never ran are all to come', async () => {
    const world = jobWorld(sparkJob({ accountedUntil: day(23) }));
    const { items, upcoming } = await occurrencesOf(world);
    expect(items).toEqual([]);
    expect(upcoming).toEqual([24, 25, 26, 27, 28].map((number) => day(number)));
  });

  it('have their runs, newest first, with how long each took', async () => {
    const world = jobWorld(handledUntil(23));
    for (const run of [runOn(22, { outcome: 'failed' }), runOn(21)]) await world.history.record(run);
    const answer = await occurrencesOf(world);
    expect(answer.items).toMatchObject([
      { occurrence: day(23), outcome: 'succeeded', runId: runOf(finishedJob()).id, durationSeconds: 1799 },
      { occurrence: day(22), outcome: 'failed', runId: runOn(22).id, number: 22, durationSeconds: 600 },
      { occurrence: day(21), outcome: 'succeeded', runId: runOn(21).id },
    ]);
    expect(routes.listOccurrences.response.parse(answer)).toEqual(answer);
  });

  it('end at the limit', async () => {
    const world = jobWorld(handledUntil(23));
    for (const number of [20, 21, 22]) await world.history.record(runOn(number));
    expect(await told(world, 2)).toEqual([
      [day(23), 'succeeded', 'ALL_STEPS_COMPLETED'],
      [day(22), 'succeeded', 'ALL_STEPS_COMPLETED'],
    ]);
  });

  it('are found behind many manual runs, which stand for none', async () => {
    const world = jobWorld(handledUntil(23));
    for (let n = 0; n < 60; n += 1)
      await world.history.record(
        runOn(22, { id: `20261122T0700${String(n).padStart(2, '0')}000Z-m`, trigger: 'manual' }),
      );
    await world.history.record(runOn(21));
    expect((await told(world, 5)).map(([occurrence]) => occurrence)).toEqual([day(23), day(21)]);
  });

  it('have no outcome and no duration while their run goes on', async () => {
    const world = jobWorld(runningJob({ lastOccurrence: day(23), accountedUntil: day(22) }));
    expect((await occurrencesOf(world)).items).toMatchObject([
      {
        occurrence: day(23),
        outcome: null,
        runId: runOf(runningJob()).id,
        startedAt: at('06:00:01'),
        durationSeconds: null,
      },
    ]);
  });

  it.each([
    ['disabled', undefined],
    ['previousRun', undefined],
    ['undelivered', undefined],
    ['overBudget', undefined],
    ['launchesPaused', 'Maintenance until noon.'],
  ] as const)('that were not run say why: %s', async (reason, detail) => {
    const world = jobWorld(handledUntil(23));
    await missing(world, day(24), reason, detail);
    const [newest] = (await occurrencesOf(world)).items;
    const { code, message } = MISSED_REASONS[reason];
    expect(newest).toMatchObject({ occurrence: day(24), outcome: 'missed', number: 2, durationSeconds: null });
    expect(newest?.reason).toEqual({ code, message: detail === undefined ? message : `${message} ${detail}` });
  });

  it('that were missed are told once, also where only the job’s item has them yet', async () => {
    const world = jobWorld(handledUntil(23));
    await missing(world, day(24), 'undelivered');
    const copied = await told(world);
    const uncopied = jobWorld(await world.job());
    expect(await told(uncopied)).toEqual(copied);
    expect(copied.map(([occurrence]) => occurrence)).toEqual([day(24), day(23)]);
  });

  it('that a later one overtook are told before they are recorded', async () => {
    const world = jobWorld(
      runningJob({ accountedUntil: day(22), lastOccurrence: day(24) }, { trigger: 'schedule', occurrence: day(24) }),
    );
    expect(await told(world)).toEqual([
      [day(24), null, null],
      [day(23), null, 'NOT_RECORDED'],
    ]);
    expect((await occurrencesOf(world)).upcoming[0]).toBe(day(25));
  });

  it('keep what they were when the schedule is edited', async () => {
    const world = jobWorld(handledUntil(23));
    await world.history.record(runOn(22));
    await missing(world, day(24), 'disabled');
    const before = await told(world);
    world.clock.advance(24 * 60);
    const schedule = { type: 'cron', expression: '0 12 * * ? *', timeZone: 'UTC' } as const;
    await world.jobs.change(IDENTIFIER, (job) =>
      revisedJob(job, { ...JOB_REQUEST, schedule }, job.notebook, world.clock.now()),
    );
    const { upcoming } = await occurrencesOf(world);
    expect(await told(world)).toEqual(before);
    expect(upcoming[0]).toBe(day(24, '12:00:00.000'));
  });

  it('skip wall times that a clock change leaves out', async () => {
    const schedule = { type: 'cron', expression: '30 2 * * ? *', timeZone: 'Europe/Berlin' } as const;
    const startDate = '2027-03-26T00:00:00.000Z';
    const times = { startDate, scheduleAnchor: startDate, accountedUntil: startDate } as const;
    const lastOccurrence = '2027-03-29T00:30:00.000Z';
    const world = jobWorld(
      runningJob({ ...times, schedule, lastOccurrence }, { trigger: 'schedule', occurrence: lastOccurrence }),
    );
    // 02:30 on 28 March does not exist: clocks go from 02:00 to 03:00.
    expect((await told(world)).map(([occurrence]) => occurrence)).toEqual([
      lastOccurrence,
      '2027-03-27T01:30:00.000Z',
      '2027-03-26T01:30:00.000Z',
    ]);
    expect((await occurrencesOf(world)).upcoming[0]).toBe('2027-03-30T00:30:00.000Z');
  });

  it('are shown to those who may see the job', async () => {
    const world = jobWorld(handledUntil(23));
    await expect(listOccurrences(world)({ identifier: IDENTIFIER, limit: 5 }, BOB)).rejects.toThrow(/daily-report/);
  });
});
