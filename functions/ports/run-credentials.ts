import type { Instant } from '../../shared/domain/instant.ts';
import type { Run } from '../../shared/domain/run.ts';

/** Temporary credentials, in AWS's own words. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Instant;
}

export interface RunCredentials {
  /**
   * Credentials of one hour that read the run's notebook and parameters, write its results, and do nothing else.
   * @throws AwsThrottled, AwsFailed
   */
  issue(run: Run): Promise<Credentials>;
}
