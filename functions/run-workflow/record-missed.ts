import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { isRunnable } from '../../shared/domain/spark-job.ts';
import { logger } from '../runtime/logger.ts';
import type { EndOwnClaim } from './end-own-claim.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';

interface RecordMissedDependencies {
  readonly endOwnClaim: EndOwnClaim;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
}

/** The occurrence is given up: the run before went on for too long, or AWS failed for too long. Its owner is mailed. */
export const recordMissed =
  ({ endOwnClaim, recordMissedOccurrence }: RecordMissedDependencies) =>
  async (input: { readonly request: RunJobRequest; readonly executionId: string }): Promise<Record<string, never>> => {
    const { request } = input;
    try {
      const { job, isOwn } = await endOwnClaim(request, 'notStarted');
      if (!isOwn) await recordMissedOccurrence(job, request, isRunnable(job) ? 'notStarted' : 'previousRun');
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      logger.info('The job of a missed run was deleted', { ...input });
    }
    return {};
  };
