import type { Instant } from '../../shared/domain/instant.ts';

/** Where a client reaches a session. The token is a bearer token: it is never stored and never logged. */
export interface SessionEndpoint {
  /** As EMR answers it, without a port: `https://…` or `sc://…`. */
  readonly endpoint: string;
  readonly token: string;
  /** When the token ends; the session may go on. */
  readonly expiresAt: Instant;
  /** What else a client must send with each call, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes tokens for sessions. An id is what EMR knows a session by: on EMR Serverless `<application id>/<session id>`. */
export interface SessionConnections<Id = string> {
  /** @throws Conflict where the session cannot be connected to now; NotFound where EMR does not know it; AwsThrottled, AwsFailed */
  mint(id: Id): Promise<SessionEndpoint>;
}
