import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { MarkExpired } from '../jobs/mark-expired.ts';
import type { EndOwnClaim } from './end-own-claim.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';

interface MarkExpiredDependencies {
  readonly endOwnClaim: EndOwnClaim;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly markExpired: MarkExpired;
}

/**
 * Marks a job past its end as expired and mails its owner, once. The occurrence that found it so waited until then, and
 * is accounted for like any other.
 * @throws NotFound
 */
export const markJobExpired =
  ({ endOwnClaim, recordMissedOccurrence, markExpired }: MarkExpiredDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<Record<string, never>> => {
    const { job, isOwn } = await endOwnClaim(request, 'pastEnd');
    if (!isOwn) await recordMissedOccurrence(job, request, 'pastEnd');
    await markExpired(job);
    return {};
  };
