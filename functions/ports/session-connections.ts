import type { Instant } from '../../shared/domain/instant.ts';

/** Where a client reaches a session. The token opens the session to whoever has it: it is never stored and never logged. */
export interface SessionEndpoint {
  /** As EMR Serverless answers it, without a port: `https://…` or `sc://…`. */
  readonly endpoint: string;
  readonly token: string;
  /** When the token ends; the session may go on. */
  readonly expiresAt: Instant;
}

/** Makes tokens for sessions. */
export interface SessionConnections {
  /**
   * @param emrId `<application id>/<session id>`
   * @throws Conflict where the session cannot be connected to now; NotFound where EMR does not know it; AwsThrottled, AwsFailed
   */
  mint(emrId: string): Promise<SessionEndpoint>;
}
