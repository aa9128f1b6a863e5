import { hourlyCostNotice } from '../../shared/domain/budget-notice.ts';
import { spendingMetrics, spendingOf } from '../../shared/domain/spending.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { metrics } from '../runtime/metrics.ts';
import type { Task } from '../runtime/sweep.ts';

interface WatchSpendingDependencies {
  readonly clusters: Pick<ClusterRepository, 'active'>;
  readonly sessions: Pick<SessionRepository, 'active'>;
  readonly jobs: Pick<SparkJobRepository, 'withActiveRun'>;
  readonly notices: Pick<BudgetNotices, 'add'>;
  /** US dollars an hour from which admins are told; empty: never. */
  readonly hourlyCostLimit: string;
  readonly clock: Clock;
}

/** Records what all that runs costs an hour and how many launches wait, and tells admins once a day where the cost has reached the limit. */
export const watchSpending =
  ({ clusters, sessions, jobs, notices, hourlyCostLimit, clock }: WatchSpendingDependencies): Task =>
  async () => {
    const [ofPeople, connected, withRuns] = await Promise.all([
      clusters.active(),
      sessions.active(),
      jobs.withActiveRun(),
    ]);
    const workloads = [...ofPeople, ...connected, ...withRuns.flatMap(({ latestRun }) => latestRun ?? [])].map(
      ({ workload }) => workload,
    );
    const spending = spendingOf(workloads);
    const { hourly } = spending;
    metrics.record(spendingMetrics(spending));
    const limit = Number(hourlyCostLimit);
    if (hourlyCostLimit !== '' && hourly >= limit)
      await notices.add(hourlyCostNotice({ hourly, limit, now: clock.now() }));
    return workloads.length;
  };
