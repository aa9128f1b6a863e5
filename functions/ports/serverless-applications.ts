import type { Instant } from '../../shared/domain/instant.ts';

/** The application that runs the job runs of one release with one set of settings. */
export interface ServerlessApplication {
  /** Release, architecture and a hash of the settings. */
  readonly key: string;
  /** Client token of its creation, and part of its name: names are not unique in EMR Serverless. */
  readonly token: string;
  readonly claimedAt: Instant;
  /** Null until EMR Serverless has answered. */
  readonly applicationId: string | null;
  readonly version: number;
}

/** One item for each application that is, or is about to be, made on demand. @throws AwsThrottled, AwsFailed, StaleWrite */
export interface ServerlessApplications {
  /** The claim there is, or a new one with this token: whoever asks gets the same. */
  claim(key: string, token: string, now: Instant): Promise<ServerlessApplication>;
  /** Records the id of a claim with this token. */
  made(claim: ServerlessApplication, applicationId: string): Promise<void>;
  /** Replaces a claim whose application is gone; another request may have done so already. */
  replace(gone: ServerlessApplication, token: string, now: Instant): Promise<ServerlessApplication>;
}
