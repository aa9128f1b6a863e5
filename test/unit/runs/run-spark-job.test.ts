import { describe, expect, it } from 'vitest';

import { provisionRun } from '../../../functions/run-workflow/provision-run.ts';
import { runSparkJob } from '../../../functions/runs/run-spark-job.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { ADMIN, ALICE, at, BOB } from '../../fakes/cluster.ts';
import { grantOnSparkJob } from '../../fakes/grant.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const INPUT = { identifier: 'daily-report' };

const begin = (job: SparkJob) => {
  const world = jobWorld(job);
  const runNow = runSparkJob(world);
  return { ...world, runNow };
};

describe('running a job now', () => {
  it('claims a run, starts the workflow for it and answers it', async () => {
    const { runNow, workflow, run, runs } = begin(finishedJob());
    const view = await runNow({ ...INPUT, parameters: { country: 'FR' } }, ALICE);
    expect(view).toMatchObject({
      number: 2,
      trigger: 'manual',
      occurrence: at('06:40:00'),
      status: 'LAUNCHING',
      outcome: null,
      parameters: { country: 'FR' },
      cost: { hourly: 0.96, since: null, until: null },
    });
    expect([...workflow.started]).toEqual([
      [
        `manual-${view.id}`,
        {
          jobId: 'job-1',
          identifier: 'daily-report',
          trigger: 'manual',
          occurrence: at('06:40:00'),
          parameters: { country: 'FR' },
        },
      ],
    ]);
    expect(await run()).toMatchObject({ id: view.id, claimedBy: null, launchAttemptedAt: null });
    // The run before it may still lack the end that its claim now replaces.
    expect(await runs()).toMatchObject([{ id: view.id }, { outcome: 'succeeded' }]);
    for (const secret of ['taskToken', 'runToken', 'notebookKey', 'ownerEmail'])
      expect(view).not.toHaveProperty(secret);
  });

  it('leads to the very run that was answered', async () => {
    const world = begin(sparkJob());
    const view = await world.runNow({ ...INPUT }, ALICE);
    const [request] = world.workflow.started.values();
    if (request === undefined) throw new Error('Nothing was started');
    const provisioned = await provisionRun(world)({ request, executionId: 'e1' });
    expect(provisioned).toMatchObject({ result: 'launched', runId: view.id });
    expect(view.parameters).toEqual({ country: 'DE' });
  });

  it('is refused with the reason while launches are paused, and claims nothing', async () => {
    const world = begin(sparkJob());
    world.launchPause.pause('Maintenance');
    await expect(world.runNow({ ...INPUT }, ALICE)).rejects.toMatchObject({
      name: 'LaunchesPaused',
      message: expect.stringContaining('Maintenance.') as string,
    });
    expect((await world.job()).latestRun).toBeNull();
    expect(world.workflow.started.size).toBe(0);
  });

  it('over a budget is refused and claims nothing, and the audit trail says so', async () => {
    const world = begin(sparkJob());
    await world.setBudgets({ everyone: 0.01 });
    await expect(world.runNow({ ...INPUT }, ALICE)).rejects.toMatchObject({ name: 'BudgetExceeded' });
    expect((await world.job()).latestRun).toBeNull();
    expect(world.audit.entries.map(({ action }) => action)).toEqual(['spark-job.run', 'spark-job.refuse-run']);
  });

  it('takes the settings of its moment', async () => {
    const world = begin(sparkJob());
    world.changeSettings({ version: 3, accountingTags: { CostCenter: '4711' } });
    await world.runNow({ ...INPUT }, ALICE);
    expect((await world.run()).launchSettings).toMatchObject({
      settingsVersion: 3,
      accountingTags: { CostCenter: '4711' },
    });
  });

  it('moves the interval: the next run is one interval after this one', async () => {
    const world = begin(finishedJob());
    await world.runNow({ ...INPUT }, ALICE);
    const job = await world.job();
    expect(job).toMatchObject({ scheduleAnchor: at('06:40:00'), schedulePendingSince: at('06:40:00') });
    await world.putSchedule(job);
    expect(world.schedules.put.get('job-1')).toBe('2026-11-24T06:40:00.000Z');
  });

  it('does not touch a cron schedule, nor an interval that is yet to begin', async () => {
    const schedule = { type: 'cron', expression: '0 6 * * ? *', timeZone: 'UTC' } as const;
    const startDate = at('12:00:00');
    for (const job of [finishedJob({ schedule }), sparkJob({ startDate, scheduleAnchor: startDate })]) {
      const world = begin(job);
      await world.runNow({ ...INPUT }, ALICE);
      expect(await world.job()).toMatchObject({ scheduleAnchor: job.scheduleAnchor, schedulePendingSince: null });
    }
  });

  it('syncs the last run first, and runs where EMR says that it is over', async () => {
    const world = begin(runningJob());
    world.emr.put('j-1', { state: 'TERMINATED', reason: { code: 'USER_REQUEST', message: 'by request' } });
    expect(await world.runNow({ ...INPUT }, ALICE)).toMatchObject({ number: 2 });
    expect(world.emr.calls.describe).toEqual(['j-1']);
  });

  it.each([
    [new AwsThrottled('slow down'), 'AwsThrottled'],
    [new AwsFailed('EMR failed'), 'AwsFailed'],
  ])('starts nothing where EMR cannot be asked (%s)', async (error, name) => {
    const world = begin(runningJob());
    world.emr.failures.describe.push(error);
    await expect(world.runNow({ ...INPUT }, ALICE)).rejects.toMatchObject({ name });
    expect(await world.job()).toEqual(runningJob());
    expect(world.workflow.started.size).toBe(0);
  });

  it.each([
    ['its latest run is going', runningJob(), /has not finished/],
    ['its latest run is being launched', claimedJob(), /has not finished/],
    ['it is disabled', sparkJob({ isEnabled: false }), /disabled/],
    ['it is past its end', sparkJob({ endDate: at('06:30:00') }), /has expired/],
    ['it expired', sparkJob({ expiredAt: at('06:30:00') }), /has expired/],
  ])('refuses where %s', async (_, job, message) => {
    const world = begin(job);
    world.emr.put('j-1', { state: 'RUNNING' });
    await expect(world.runNow({ ...INPUT }, ALICE)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(message) as string,
    });
    expect(world.workflow.started.size).toBe(0);
  });

  it('takes the claim back where the workflow cannot be started', async () => {
    const world = begin(finishedJob());
    world.workflow.errors.push(new AwsThrottled('slow down'));
    await expect(world.runNow({ ...INPUT }, ALICE)).rejects.toMatchObject({ name: 'AwsThrottled' });
    const { version: _, modifiedAt: __, ...job } = await world.job();
    const { version: ___, modifiedAt: ____, ...before } = finishedJob();
    // The upkeep may have told EventBridge of the moved interval already, and is to tell it of the old one.
    expect(job).toEqual({ ...before, schedulePendingSince: at('06:40:00'), formerSchedules: [] });
    expect(await world.runs()).toMatchObject([{ number: 1 }]);
  });

  it('takes nothing else back: neither an edit made meanwhile nor the schedule that came with it', async () => {
    const world = begin(finishedJob());
    world.workflow.executions.start = async () => {
      await world.jobs.change('daily-report', (job) => ({
        ...job,
        scheduleAnchor: at('09:00:00'),
        schedulePendingSince: null,
      }));
      throw new AwsThrottled('slow down');
    };
    await expect(world.runNow({ ...INPUT }, ALICE)).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await world.job()).toMatchObject({
      runCount: 1,
      scheduleAnchor: at('09:00:00'),
      schedulePendingSince: null,
    });
  });

  it('keeps the claim where the workflow started although its answer was lost', async () => {
    const world = begin(finishedJob());
    world.workflow.executions.start = async () => {
      await world.jobs.change('daily-report', (job) => ({ ...job, latestRun: { ...runOf(job), claimedBy: 'e1' } }));
      throw new AwsFailed('the connection was lost');
    };
    expect(await world.runNow({ ...INPUT }, ALICE)).toMatchObject({ number: 2 });
    expect(await world.run()).toMatchObject({ claimedBy: 'e1' });
  });

  it('hides it from strangers, and lets those who may only see it not run it', async () => {
    const world = begin(sparkJob());
    await expect(world.runNow({ ...INPUT }, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await world.grants.put(grantOnSparkJob(sparkJob(), 'user:sub-bob', 'view'));
    await expect(world.runNow({ ...INPUT }, BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    expect(await world.job()).toEqual(sparkJob());
  });

  it.each([
    ['a person with whom it is shared for managing', BOB],
    ['a job maintainer', { ...BOB, id: 'sub-maintainer', groups: ['job-maintainers'] }],
    ['an admin', ADMIN],
  ])('lets %s run it, for its owner', async (_who, person) => {
    const world = begin(sparkJob());
    await world.grants.put(grantOnSparkJob(sparkJob(), 'user:sub-bob', 'manage'));
    expect(await world.runNow({ ...INPUT }, person)).toMatchObject({ number: 1, trigger: 'manual' });
    expect((await world.run()).ownerId).toBe('sub-alice');
  });
});
