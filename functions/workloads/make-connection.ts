import type { Connection } from '../../shared/contract/connection.ts';
import type { SessionConnections } from '../ports/session-connections.ts';
import { connectUrl, installCommand, pythonLines } from './connection-text.ts';

interface ConnectableSession<Id> {
  readonly id: Id;
  /** Which a client must have. */
  readonly sparkVersion: string;
}

/**
 * Makes a token for the owner's client. It is a bearer token with all rights of the session. It is in this answer alone: not in
 * an item, not in the audit trail, not in a log line.
 * @param record the act in the audit trail
 * @throws Conflict, NotFound, AwsThrottled, AwsFailed
 */
export const makeConnection = async <Id>(
  connections: SessionConnections<Id>,
  { id, sparkVersion }: ConnectableSession<Id>,
  record: () => Promise<void>,
): Promise<Connection> => {
  await record();
  const minted = await connections.mint(id);
  const url = connectUrl(minted);
  return {
    url,
    token: minted.token,
    expiresAt: minted.expiresAt,
    install: installCommand({ sparkVersion }),
    python: pythonLines(url),
  };
};
