import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { inTurn, type Task } from '../runtime/sweep.ts';

interface HandleDueJobsDependencies {
  readonly jobs: Pick<SparkJobRepository, 'dueForUpkeep'>;
  readonly expireJobs: (due: readonly SparkJob[]) => Promise<number>;
  readonly putPendingSchedules: (due: readonly SparkJob[]) => Promise<number>;
  readonly clock: Clock;
}

/** What is due for jobs each minute, by one query. @throws SweepFailed */
export const handleDueJobs =
  ({ jobs, expireJobs, putPendingSchedules, clock }: HandleDueJobsDependencies): Task =>
  async () => {
    const due = await jobs.dueForUpkeep(clock.now());
    return inTurn({ expireJobs: () => expireJobs(due), putPendingSchedules: () => putPendingSchedules(due) })();
  };
