import { billedDollars, type BudgetHold } from '../../shared/domain/budget-account.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import type { ByMonth } from '../../shared/domain/month.ts';
import { isFinalRun, plannedTokenOf, type Run } from '../../shared/domain/run.ts';
import { isEnded } from '../../shared/domain/workload.ts';
import { awaitsDollars } from '../../shared/domain/workload-cost.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { BudgetAccounts } from '../ports/budget-accounts.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface SettleBudgetsDependencies {
  readonly accounts: Pick<BudgetAccounts, 'ofPeople'>;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly clusters: Pick<ClusterRepository, 'get'>;
  readonly sessions: Pick<SessionRepository, 'get'>;
  readonly jobs: Pick<SparkJobRepository, 'get'>;
  readonly history: Pick<RunRepository, 'list'>;
  readonly clock: Clock;
}

/** Longer than any request that commits and then writes. */
const GRACE_MINUTES = 5;
/** Runs that a job can have had since the last sweep, and more. */
const HISTORY = 30;

const orNull = (error: unknown): null => {
  if (error instanceof NotFound) return null;
  throw error;
};

/** Settles what budgets hold of workloads that were never written or have ended, where the request that should have did not. @throws SweepFailed */
export const settleBudgets = ({
  accounts,
  budgets,
  clusters,
  sessions,
  jobs,
  history,
  clock,
}: SettleBudgetsDependencies): Task => {
  const runOf = async (job: NonNullable<BudgetHold['job']>, token: string): Promise<Run | null> => {
    const known = await jobs.get(job.identifier).catch(orNull);
    const latest = known?.id === job.id ? known.latestRun : null;
    if (latest !== null && plannedTokenOf(latest) === token) return latest;
    const { items } = await history.list(job.id, { limit: HISTORY });
    return items.find((run) => plannedTokenOf(run) === token) ?? null;
  };

  /** What was billed; null while it goes on, or EMR is still to say. */
  const billed = async ({ kind, id, job }: BudgetHold): Promise<ByMonth | null> => {
    if (kind === 'run') {
      const run = job === null ? null : await runOf(job, id);
      if (run === null) return {};
      const isSettled = isFinalRun(run) && !awaitsDollars(run.workload, clock.now());
      return isSettled ? billedDollars(run.workload) : null;
    }
    const found = await (kind === 'cluster' ? clusters : sessions).get(id).catch(orNull);
    if (found === null) return {};
    const isSettled = isEnded(found.workload) && !awaitsDollars(found.workload, clock.now());
    return isSettled ? billedDollars(found.workload) : null;
  };

  return async () => {
    const before = plusMinutes(clock.now(), -GRACE_MINUTES);
    return sweep({
      what: 'settle a budget',
      items: (await accounts.ofPeople()).flatMap(({ id, holds }) =>
        holds.filter(({ heldAt }) => heldAt < before).map((hold) => ({ ownerId: id.slice('person#'.length), hold })),
      ),
      evidence: ({ ownerId, hold: { kind, id } }) => ({ ownerId, kind, id }),
      act: async ({ ownerId, hold }) => {
        const dollars = await billed(hold);
        if (dollars !== null) await budgets.settle(ownerId, hold, dollars);
      },
    });
  };
};
