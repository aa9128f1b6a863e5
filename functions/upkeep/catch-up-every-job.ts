import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { CatchUpOccurrences } from './catch-up-occurrences.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface CatchUpEveryJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly catchUpOccurrences: CatchUpOccurrences;
}

const PAGE = 100;

/** Finds occurrences of every job's schedule that have neither a run nor a recorded reason. */
export const catchUpEveryJob =
  ({ jobs, catchUpOccurrences }: CatchUpEveryJobDependencies): Task =>
  async () => {
    const all: SparkJob[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await jobs.list(null, { limit: PAGE, cursor: cursor ?? undefined });
      all.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    await sweep({
      what: 'catch up the occurrences of a job',
      items: all,
      evidence: ({ identifier }) => ({ job: identifier }),
      act: catchUpOccurrences,
    });
  };
