import type { SparkJobView } from '../../shared/contract/routes/spark-jobs.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSparkJob } from '../access/permitted-run.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { sparkJobToView } from './spark-job-view.ts';

/** @throws NotFound */
export const getSparkJob =
  ({ jobs }: { readonly jobs: SparkJobRepository }) =>
  async ({ identifier }: { readonly identifier: string }, person: Person): Promise<SparkJobView> =>
    sparkJobToView(await permittedSparkJob(jobs, identifier, person, 'view'), person);
