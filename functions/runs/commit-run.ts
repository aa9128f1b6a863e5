import type { Rate } from '../../shared/domain/cost.ts';
import { plusHours, type Instant } from '../../shared/domain/instant.ts';
import { plannedTokenOf } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { expectedHours, usualTime } from '../../shared/domain/usual-cost.ts';
import type { BudgetCommitments, TakeBack } from '../access/budget-commitments.ts';
import type { ChargedOwner } from '../access/charged-owner.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';

interface CommitRunDependencies {
  readonly budgets: Pick<BudgetCommitments, 'commit'>;
  readonly chargedOwner: ChargedOwner;
  readonly history: Pick<RunRepository, 'list'>;
}

export type CommitRun = (
  job: SparkJob,
  planned: { readonly runToken: string; readonly rate: Rate; readonly now: Instant },
) => Promise<TakeBack>;

/** More than are looked at, since some may say nothing. */
const HISTORY = 30;

/** Counts a run in its owner's budgets before it is claimed. @throws BudgetExceeded */
export const commitRun =
  ({ budgets, chargedOwner, history }: CommitRunDependencies): CommitRun =>
  async (job, { runToken, rate, now }) => {
    const { items } = await history.list(job.id, { limit: HISTORY });
    return budgets.commit(await chargedOwner(job), {
      kind: 'run',
      id: runToken,
      job: { id: job.id, identifier: job.identifier },
      hourly: rate.hourly,
      since: now,
      until: plusHours(now, expectedHours(usualTime(items, job.engine), job.timeout)),
    });
  };

/**
 * After the write of a claim failed: takes the run out of the budgets unless the claim was written and only its answer was lost. Such a
 * run is launched. Where the job cannot be read, the run is taken out.
 */
export const takeBackUnlessClaimed = async (
  jobs: Pick<SparkJobRepository, 'find'>,
  { identifier, runToken, takeBack }: { identifier: string; runToken: string; takeBack: TakeBack },
): Promise<void> => {
  const job = await jobs.find(identifier).catch(() => null);
  const run = job?.latestRun ?? null;
  if (run === null || plannedTokenOf(run) !== runToken) await takeBack();
};
