import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { AccountForOccurrences } from './account-for-occurrences.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface AccountForEveryJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly accountForOccurrences: AccountForOccurrences;
}

const PAGE = 100;

/** Finds occurrences of every job's schedule that have neither a run nor a recorded reason. */
export const accountForEveryJob =
  ({ jobs, accountForOccurrences }: AccountForEveryJobDependencies): Task =>
  async () => {
    const all: SparkJob[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await jobs.list(null, { limit: PAGE, cursor: cursor ?? undefined });
      all.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    await sweep({
      what: 'account for the occurrences of a job',
      items: all,
      evidence: ({ identifier }) => ({ job: identifier }),
      act: accountForOccurrences,
    });
  };
