import { permissionsOnSparkJob, requirePermission, type ObjectPermission } from '../../shared/domain/access.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';

/** @throws NotFound where the person may not see the job, Forbidden where they may see it but no more */
export const requireOnSparkJob = (wanted: ObjectPermission, job: SparkJob, person: Person): void =>
  requirePermission(wanted, permissionsOnSparkJob(job, person), { kind: 'Spark job', id: job.identifier });

/** @throws NotFound, Forbidden */
export const permittedSparkJob = async (
  jobs: SparkJobRepository,
  identifier: string,
  person: Person,
  wanted: ObjectPermission,
): Promise<SparkJob> => {
  const job = await jobs.get(identifier);
  requireOnSparkJob(wanted, job, person);
  return job;
};

/** Where runs are looked up. */
export interface RunLookup {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
}

/**
 * A run of a job that the person may see. The latest comes from the job's item, which is ahead of the history.
 * @throws NotFound
 */
export const visibleRun = async (
  { jobs, history }: RunLookup,
  { identifier, runId }: { readonly identifier: string; readonly runId: string },
  person: Person,
): Promise<Run> => {
  const job = await permittedSparkJob(jobs, identifier, person, 'view');
  return job.latestRun?.id === runId ? job.latestRun : history.get(job.id, runId);
};
