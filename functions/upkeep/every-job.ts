import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

const PAGE = 100;

/** Of all people, by queries of {@link PAGE} jobs each. For daily tasks: the others read what is due by a sparse index. */
export const everyJob = async (jobs: Pick<SparkJobRepository, 'list'>): Promise<SparkJob[]> => {
  const all: SparkJob[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await jobs.list(null, { limit: PAGE, cursor: cursor ?? undefined });
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return all;
};
