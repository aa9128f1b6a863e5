import type { SparkJobView } from '../../shared/contract/spark-job.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import { sparkJobToView } from './spark-job-view.ts';

/** @throws NotFound */
export const getSparkJob =
  (lookup: JobLookup) =>
  async ({ identifier }: { readonly identifier: string }, person: Person): Promise<SparkJobView> => {
    const { job, grants } = await permittedSparkJob(lookup, identifier, person, 'view');
    return sparkJobToView(job, person, grants);
  };
