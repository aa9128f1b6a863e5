import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { EndOwnClaim } from './end-own-claim.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';

interface RecordDisabledDependencies {
  readonly endOwnClaim: EndOwnClaim;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
}

/** Accounts for an occurrence of a disabled job; nobody is mailed about what the owner wanted. */
export const recordDisabled =
  ({ endOwnClaim, recordMissedOccurrence }: RecordDisabledDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<Record<string, never>> => {
    const { job, isOwn } = await endOwnClaim(request, 'disabled');
    if (!isOwn) await recordMissedOccurrence(job, request, 'disabled');
    return {};
  };
