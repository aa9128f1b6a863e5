import { permissionsOn, requirePermission, type ObjectPermission } from '../../shared/domain/access.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import type { Grant } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import { permittingGrants } from './permitted-object.ts';

export interface JobLookup {
  readonly jobs: SparkJobRepository;
  readonly grants: Pick<GrantRepository, 'on'>;
}

/** A job with the grants that the person's permissions follow from; none for its owner and for admins. */
export interface PermittedSparkJob {
  readonly job: SparkJob;
  readonly grants: readonly Grant[];
}

/** @throws NotFound if the person may not see the job, Forbidden if they may see it but not do this */
export const permittedSparkJob = async (
  { jobs, grants }: JobLookup,
  identifier: string,
  person: Person,
  permission: ObjectPermission,
): Promise<PermittedSparkJob> => {
  const job = await jobs.get(identifier);
  const wanted = { object: job, kind: 'sparkJob', permission, namedBy: identifier } as const;
  return { job, grants: await permittingGrants(grants, wanted, person) };
};

/** Repositories for looking up a run. */
export interface RunLookup extends JobLookup {
  readonly history: RunRepository;
}

/** Repositories for reading runs, including those of deleted jobs. */
export interface RunReading extends RunLookup {
  readonly identifiers: Pick<JobIdentifiers, 'find'>;
}

/**
 * A job that the person may see, or the record of one that was theirs and is deleted.
 * @throws NotFound
 */
export const visibleJob = async (
  lookup: Pick<RunReading, 'jobs' | 'grants' | 'identifiers'>,
  identifier: string,
  person: Person,
): Promise<Pick<SparkJob, 'id' | 'latestRun'>> => {
  try {
    return (await permittedSparkJob(lookup, identifier, person, 'view')).job;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const known = await lookup.identifiers.find(identifier);
    if (known === null || known.deleted === null) throw error;
    // Its grants went with the job.
    const permissions = permissionsOn('deletedSparkJob', known, person, []);
    requirePermission('view', permissions, { kind: 'deletedSparkJob', id: identifier });
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
