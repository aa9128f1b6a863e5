import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { SparkJobRepository } from '../jobs/spark-job-repository.ts';
import type { MarkExpired } from '../jobs/expire-jobs.ts';
import type { EndOwnClaim } from './end-own-claim.ts';
import { requestedJob } from './requested-job.ts';

interface MarkExpiredDependencies {
  readonly jobs: SparkJobRepository;
  readonly endOwnClaim: EndOwnClaim;
  readonly markExpired: MarkExpired;
}

/** Marks a job past its end as expired and mails its owner, once. @throws NotFound */
export const markJobExpired =
  ({ jobs, endOwnClaim, markExpired }: MarkExpiredDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<Record<string, never>> => {
    // A manual run that was claimed just before the end: nothing else would settle it.
    await endOwnClaim(request, 'pastEnd');
    await markExpired(await requestedJob(jobs, request));
    return {};
  };
