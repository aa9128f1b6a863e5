import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import type { CatchUpOccurrences } from './catch-up-occurrences.ts';

interface CatchUpDueJobsDependencies {
  readonly jobs: SparkJobRepository;
  readonly catchUpOccurrences: CatchUpOccurrences;
  readonly clock: Clock;
}

/** Catches up the jobs with occurrences since their watermark. */
export const catchUpDueJobs =
  ({ jobs, catchUpOccurrences, clock }: CatchUpDueJobsDependencies): Task =>
  async () =>
    sweep({
      what: 'catch up the occurrences of a job',
      items: await jobs.dueForUpkeep(clock.now()),
      evidence: ({ identifier }) => ({ job: identifier }),
      act: catchUpOccurrences,
    });
