import type { Instant } from '../../shared/domain/instant.ts';

/** Something of AWS that is made on demand, once: an application of EMR Serverless, a persistent Spark UI. */
export interface ClaimedResource {
  /** What it is for. */
  readonly key: string;
  /** Of the request that makes it: only that one records the id. */
  readonly token: string;
  readonly claimedAt: Instant;
  /** Null until AWS has answered. */
  readonly resourceId: string | null;
  readonly version: number;
}

/** One item for each resource that is, or is about to be, made on demand. @throws AwsThrottled, AwsFailed, StaleWrite */
export interface ClaimedResources {
  /** The existing claim, or a new one with this token. All callers get the same one. */
  claim(key: string, token: string, now: Instant): Promise<ClaimedResource>;
  /** Records the id of a claim with this token. */
  made(claim: ClaimedResource, resourceId: string): Promise<void>;
  /** Replaces a claim whose resource is gone; another request may have done so already. */
  replace(gone: ClaimedResource, token: string, now: Instant): Promise<ClaimedResource>;
}
