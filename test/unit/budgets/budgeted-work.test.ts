import { describe, expect, it } from 'vitest';

import { provisionRun } from '../../../functions/run-workflow/provision-run.ts';
import { runSparkJob } from '../../../functions/runs/run-spark-job.ts';
import { settleBudgets } from '../../../functions/upkeep/settle-budgets.ts';
import { withWorkload } from '../../../shared/domain/expiring.ts';
import { AwsFailed, StaleWrite } from '../../../shared/domain/errors.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import type { Workload } from '../../../shared/domain/workload.ts';
import { ALICE, at, claimedCluster } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, runJobRequest, seen, sparkJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

/** 96 cents an hour, two hours at most. */
const begin = (job: SparkJob = sparkJob()) => {
  const world = jobWorld(job);
  return { ...world, provision: provisionRun(world), runNow: runSparkJob(world) };
};

const INPUT = { request: runJobRequest(), executionId: 'e1' };

describe('a scheduled run', () => {
  it('counts with its time-out while its job has no history, and with what was billed once it has ended', async () => {
    const world = begin();
    await world.provision(INPUT);
    expect(await world.used(ALICE.id)).toBe(1.92);
    world.clock.advance(30);
    await world.reconcileRun(
      await world.job(),
      seen('TERMINATED', {
        emrId: 'j-token-1',
        finishedAt: at('07:10:00'),
        reason: { code: 'STEP_FAILURE', message: '' },
      }),
    );
    expect(await world.run()).toMatchObject({ startedAt: at('06:40:00'), finishedAt: at('07:10:00') });
    expect(await world.used(ALICE.id)).toBe(0.48);
  });

  it('counts with what its job’s last runs took', async () => {
    const world = begin(finishedJob());
    await world.history.record((await world.job()).latestRun ?? raise());
    await world.provision({ request: runJobRequest({ occurrence: at('06:30:00') }), executionId: 'e2' });
    // The run before took from 06:00:01 to 06:30.
    expect(await world.used(ALICE.id)).toBeCloseTo((0.96 * 1799) / 3600, 6);
  });

  it('over a budget is recorded as missed with that reason and mailed, once, and nothing is launched', async () => {
    const world = begin();
    await world.setBudgets({ eachPerson: 1.91 });
    for (let count = 0; count < 2; count += 1)
      await world.provision(INPUT).catch((error: unknown) => {
        if (count === 0) expect(error).toMatchObject({ name: 'BudgetExceeded' });
      });
    expect(world.launches).toEqual([]);
    expect(await world.runs()).toMatchObject([{ outcome: 'missed', reason: { code: 'BUDGET_EXCEEDED' } }]);
    expect(world.mailed.map(({ kind }) => kind)).toEqual(['run-missed']);
    expect(await world.used(ALICE.id)).toBe(0);
    expect(world.allNotices().map(({ level }) => level)).toEqual(['exceeded']);
  });

  it('that waits for its turn counts from its claim on, and is not refused when it goes on', async () => {
    const world = begin();
    await world.setBudgets({ eachPerson: 1.92 });
    for (let count = 0; count < 20; count += 1) await world.launchSlots.take('run');
    expect(await world.provision(INPUT)).toMatchObject({ result: 'waiting' });
    expect(await world.used(ALICE.id)).toBe(1.92);
    world.clock.advance(1);
    expect(await world.provision(INPUT)).toMatchObject({ result: 'launched' });
    expect(await world.used(ALICE.id)).toBe(1.92);
  });

  it('delivered twice counts once', async () => {
    const world = begin();
    await Promise.all([world.provision(INPUT), world.provision({ ...INPUT, executionId: 'e2' })]);
    expect(world.launches).toHaveLength(1);
    expect(await world.used(ALICE.id)).toBe(1.92);
  });

  it('counts nothing where it could not be claimed', async () => {
    const world = begin();
    const { change } = world.jobs;
    world.jobs.change = async () => {
      throw new StaleWrite('Others kept changing it');
    };
    await expect(world.provision(INPUT)).rejects.toMatchObject({ name: 'StaleWrite' });
    expect(await world.used(ALICE.id)).toBe(0);
    world.jobs.change = change;
    await world.provision(INPUT);
    expect(await world.used(ALICE.id)).toBe(1.92);
  });

  it('counts in the budgets of its owner’s groups', async () => {
    const world = begin();
    await world.people.seen({ ...ALICE, groups: ['analysts'] }, at('05:00:00'));
    await world.provision(INPUT);
    expect((await world.budgetAccounts.get('group#analysts')).used).toEqual({ '2026-11': 1.92 });
  });
});

describe('a run on EMR Serverless', () => {
  const onServerless = () => begin(sparkJob({ engine: 'serverless' }));
  /** As `finishedAt` tells; AWS may say later what it billed. */
  const ended = (billed: number | null) =>
    seen('SUCCESS', { emrId: '00app/token-1', reason: { code: '', message: '' }, finishedAt: at('07:10:00'), billed });

  it('counts with what all its workers cost until its time-out, and with what was billed once it has ended', async () => {
    const world = onServerless();
    await world.provision(INPUT);
    expect(await world.run()).toMatchObject({ engine: 'serverless', emrId: '00app/token-1' });
    // A tenth of a cluster's, for two hours.
    expect(await world.used(ALICE.id)).toBe(0.192);
    world.clock.advance(30);
    await world.reconcileRun(await world.job(), ended(0.01));
    expect(await world.used(ALICE.id)).toBe(0.01);
  });

  it('over a budget is missed', async () => {
    const world = onServerless();
    await world.setBudgets({ eachPerson: 0.19 });
    await expect(world.provision(INPUT)).rejects.toMatchObject({ name: 'BudgetExceeded' });
    expect(world.launches).toEqual([]);
  });

  it('counts as planned until AWS says what it billed, for a day at most', async () => {
    const world = onServerless();
    await world.provision(INPUT);
    const settle = settleBudgets({ ...world, accounts: world.budgetAccounts, clusters: upkeepWorld().clusters });
    world.clock.advance(30);
    await world.reconcileRun(await world.job(), ended(null));
    await settle();
    expect(await world.used(ALICE.id)).toBe(0.192);
    await world.jobs.change('daily-report', (job) => {
      const { latestRun } = job;
      if (latestRun === null) return raise();
      return { ...job, latestRun: { ...latestRun, workload: { ...latestRun.workload, billed: 0.01 } } };
    });
    await settle();
    expect(await world.used(ALICE.id)).toBe(0.01);
  });

  it('counts with its rate and its time where AWS never says what it billed', async () => {
    const world = onServerless();
    await world.provision(INPUT);
    const settle = settleBudgets({ ...world, accounts: world.budgetAccounts, clusters: upkeepWorld().clusters });
    world.clock.advance(30);
    await world.reconcileRun(await world.job(), ended(null));
    world.clock.advance(24 * 60 + 1);
    await settle();
    expect(await world.used(ALICE.id)).toBe(0.048);
  });
});

const raise = (): never => {
  throw new Error('The job has no run');
};

describe('a run now', () => {
  it('over a budget is refused, and leaves the job as it is', async () => {
    const world = begin();
    await world.setBudgets({ eachPerson: 1 });
    const before = await world.job();
    await expect(world.runNow({ identifier: 'daily-report' }, ALICE)).rejects.toMatchObject({ name: 'BudgetExceeded' });
    expect(await world.job()).toEqual(before);
    expect(world.workflow.started.size).toBe(0);
  });

  it('counts nothing where the workflow could not be started', async () => {
    const world = begin();
    world.executions.start = async () => {
      throw new AwsFailed('Step Functions failed');
    };
    await expect(world.runNow({ identifier: 'daily-report' }, ALICE)).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await world.used(ALICE.id)).toBe(0);
  });

  it('counts in the budget although the answer to its claim was lost, for a manual and a scheduled run', async () => {
    for (const claim of ['provision', 'runNow'] as const) {
      const world = begin();
      const { change } = world.jobs;
      world.jobs.change = async (...args) => {
        await change(...args);
        throw new AwsFailed('The answer was lost');
      };
      const claimed =
        claim === 'provision' ? world.provision(INPUT) : world.runNow({ identifier: 'daily-report' }, ALICE);
      await expect(claimed).rejects.toMatchObject({ name: 'AwsFailed' });
      expect(await world.used(ALICE.id)).toBe(1.92);
    }
  });

  it('counts once, whether its workflow goes on with the claim or its history could not be written', async () => {
    const world = begin();
    const { record } = world.history;
    world.history.record = async () => {
      throw new AwsFailed('DynamoDB failed');
    };
    await expect(world.runNow({ identifier: 'daily-report' }, ALICE)).rejects.toMatchObject({ name: 'AwsFailed' });
    world.history.record = record;
    expect(await world.used(ALICE.id)).toBe(1.92);
    const [request] = world.workflow.started.values();
    await world.provision({ request: request ?? raise(), executionId: 'e1' });
    expect(await world.used(ALICE.id)).toBe(1.92);
  });
});

const wanted = (id: string) => ({
  kind: 'cluster' as const,
  id,
  job: null,
  hourly: 0.2,
  since: at('06:00:00'),
  until: at('14:00:00'),
});

describe('what a budget holds', () => {
  const ended = { emrId: 'j-1', status: 'TERMINATED', startedAt: at('06:00:00'), finishedAt: at('06:30:00') } as const;

  it('of a cluster is replaced by what was billed when EMR tells its end', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster()] });
    await world.budgets.commit(ALICE, wanted('c1'));
    world.put('j-1', { state: 'STARTING', createdAt: at('06:00:00') });
    await world.sync();
    expect(await world.used(ALICE.id)).toBe(1.6);
    world.put('j-1', { state: 'TERMINATED', createdAt: at('06:00:00'), finishedAt: at('06:30:00') });
    await world.sync();
    await world.sync();
    expect(await world.used(ALICE.id)).toBe(0.1);
  });

  it('of what was never written, has ended or is gone is settled by the sweep, once no request can be about to write it', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster()], jobs: [sparkJob()] });
    for (const id of ['c1', 'never-claimed']) await world.budgets.commit(ALICE, wanted(id));
    const job = { id: 'job-1', identifier: 'daily-report' };
    for (const id of ['token-9', 'token-1']) await world.budgets.commit(ALICE, { ...wanted(id), kind: 'run', job });
    await world.budgets.commit(ALICE, {
      ...wanted('token-7'),
      kind: 'run',
      job: { id: 'job-2', identifier: 'deleted' },
    });
    world.clock.advance(5);
    await world.settleBudgets();
    expect(await world.used(ALICE.id)).toBe(8);
    world.clock.advance(1);
    await world.settleBudgets();
    expect(await world.used(ALICE.id)).toBe(1.6);
    await world.clusters.change('c1', (cluster) =>
      withWorkload(cluster, (workload): Workload => ({ ...workload, ...ended }), at('06:40:00')),
    );
    await world.settleBudgets();
    expect(await world.used(ALICE.id)).toBe(0.1);
  });

  it('of a run that goes on stays, and of one that another replaced is settled with what that one was billed', async () => {
    const world = begin();
    const { provision, clock } = world;
    await provision(INPUT);
    const upkeep = upkeepWorld();
    const settle = settleBudgets({ ...world, accounts: world.budgetAccounts, clusters: upkeep.clusters });
    clock.advance(10);
    await settle();
    expect(await world.used(ALICE.id)).toBe(1.92);
    const { settle: settling } = world.budgetAccounts;
    world.budgetAccounts.settle = async () => {
      throw new AwsFailed('DynamoDB failed');
    };
    await world.reconcileRun(
      await world.job(),
      seen('TERMINATED_WITH_ERRORS', {
        emrId: 'j-token-1',
        finishedAt: at('07:10:00'),
        reason: { code: 'STEP_FAILURE', message: '' },
      }),
    );
    world.budgetAccounts.settle = settling;
    expect(await world.used(ALICE.id)).toBe(1.92);
    await provision({ request: runJobRequest({ occurrence: at('06:45:00') }), executionId: 'e2' });
    clock.advance(10);
    await settle();
    // Half an hour of the first, and what the second is expected to take.
    expect(await world.used(ALICE.id)).toBe(0.96);
  });
});
