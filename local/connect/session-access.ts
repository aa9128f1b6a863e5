import { randomBytes } from 'node:crypto';
import { openSessionGate, type SessionGate } from './session-gate.ts';

const TOKEN_LIFETIME_MS = 3_600_000;

/** What opens a session: its endpoint, and a token for it until a time in milliseconds since the epoch. */
export interface Access {
  readonly endpoint: string;
  readonly token: string;
  readonly expiresAt: number;
}

export interface SessionAccess {
  /** Another token for a session; the earlier ones go on. */
  mint(sessionId: string): Promise<Access>;
  /** Where a session's Spark listens; null where it has none any more. */
  listening(sessionId: string, port: number | null): void;
  /** Closes a session's endpoint and forgets its tokens. */
  end(sessionId: string): void;
  close(): Promise<void>;
}

/** Endpoints and tokens of sessions. Tokens are in memory alone: after a restart new ones are needed. */
export const sessionAccess = (
  isAuthorizedById: boolean,
  onBusy: (sessionId: string, isBusy: boolean) => void,
): SessionAccess => {
  const tokens = new Map<string, { readonly sessionId: string; readonly expiresAt: number }>();
  const ports = new Map<string, number>();
  const gates = new Map<string, Promise<SessionGate>>();

  const admits = (sessionId: string, token: string): boolean => {
    const known = tokens.get(token);
    return known !== undefined && known.sessionId === sessionId && known.expiresAt > Date.now();
  };

  const gateOf = (sessionId: string): Promise<SessionGate> => {
    const gate =
      gates.get(sessionId) ??
      openSessionGate({
        authorization: isAuthorizedById ? sessionId : null,
        upstream: () => ports.get(sessionId) ?? null,
        admits: (token) => admits(sessionId, token),
        onBusy: (isBusy) => onBusy(sessionId, isBusy),
      });
    gates.set(sessionId, gate);
    return gate;
  };

  const forget = (isGone: (held: { readonly sessionId: string; readonly expiresAt: number }) => boolean): void => {
    for (const [token, held] of tokens) if (isGone(held)) tokens.delete(token);
  };

  const closed = async (gate: Promise<SessionGate>): Promise<void> => (await gate).close();

  return {
    async mint(sessionId) {
      const { url } = await gateOf(sessionId);
      forget(({ expiresAt }) => expiresAt <= Date.now());
      const token = randomBytes(32).toString('base64url');
      const expiresAt = Date.now() + TOKEN_LIFETIME_MS;
      tokens.set(token, { sessionId, expiresAt });
      return { endpoint: url, token, expiresAt };
    },
    listening(sessionId, port) {
      if (port === null) ports.delete(sessionId);
      else ports.set(sessionId, port);
    },
    end(sessionId) {
      forget((held) => held.sessionId === sessionId);
      ports.delete(sessionId);
      const gate = gates.get(sessionId);
      gates.delete(sessionId);
      if (gate !== undefined) void closed(gate);
    },
    async close() {
      await Promise.all([...gates.values()].map(closed));
    },
  };
};
