import {
  permissionsOn,
  permissionsOnSparkJob,
  requirePermission,
  type ObjectPermission,
} from '../../shared/domain/access.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';

/** @throws NotFound if the person may not see the job, Forbidden if they may only see it */
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

/** Repositories for looking up a run. */
export interface RunLookup {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
}

/** Repositories for reading runs, including those of deleted jobs. */
export interface RunReading extends RunLookup {
  readonly identifiers: Pick<JobIdentifiers, 'find'>;
}

/**
 * A job that the person may see, or the record of one that they deleted.
 * @throws NotFound
 */
export const visibleJob = async (
  { jobs, identifiers }: Pick<RunReading, 'jobs' | 'identifiers'>,
  identifier: string,
  person: Person,
): Promise<Pick<SparkJob, 'id' | 'latestRun'>> => {
  try {
    return await permittedSparkJob(jobs, identifier, person, 'view');
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const known = await identifiers.find(identifier);
    if (known === null || known.deleted === null || !permissionsOn(known, person).includes('view')) throw error;
    return { id: known.deleted.jobId, latestRun: null };
  }
};

/**
 * A run of a job that the person may see. The latest run is read from the job's item, which is newer than the history.
 * @throws NotFound
 */
export const visibleRun = async (
  lookup: RunReading,
  { identifier, runId }: { readonly identifier: string; readonly runId: string },
  person: Person,
): Promise<Run> => {
  const job = await visibleJob(lookup, identifier, person);
  return job.latestRun?.id === runId ? job.latestRun : lookup.history.get(job.id, runId);
};
