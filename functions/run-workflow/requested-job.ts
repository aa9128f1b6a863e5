import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

type Requested = Pick<RunJobRequest, 'jobId' | 'identifier'>;

/**
 * After a deletion its owner may use an identifier again: a later job of the same name is not the one meant.
 * @throws NotFound
 */
export const requireRequested = (job: SparkJob, { jobId, identifier }: Requested): SparkJob => {
  if (job.id !== jobId) throw new NotFound('Spark job', identifier);
  return job;
};

/** @throws NotFound */
export const requestedJob = async (jobs: SparkJobRepository, request: Requested): Promise<SparkJob> =>
  requireRequested(await jobs.get(request.identifier), request);
