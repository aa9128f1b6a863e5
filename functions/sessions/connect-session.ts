import type { SessionConnection } from '../../shared/contract/routes/sessions.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { requireConnectable } from '../../shared/domain/session.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { SessionConnections } from '../ports/session-connections.ts';
import type { Clock } from '../runtime/clock.ts';
import { connectUrl, installCommand, pythonLines } from './connection-text.ts';
import type { LookAtSession } from './look-at-session.ts';

interface ConnectSessionDependencies extends SessionLookup {
  readonly connections: SessionConnections;
  readonly look: LookAtSession;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/**
 * Makes a token for the owner's client. It opens all that the session may do to whoever has it, so that it is in this answer and
 * nowhere else: not in the item, not in the audit trail, not in a log line.
 * @throws NotFound; Forbidden but for the owner; Conflict until the session is ready, and once it is ending
 */
export const connectSession =
  ({ connections, look, audit, clock, ...lookup }: ConnectSessionDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<SessionConnection> => {
    const { session: stored } = await permittedSession(lookup, id, person, 'connect');
    const session = await look(stored);
    requireConnectable(session);
    const { emrId } = session.workload;
    if (emrId === null) throw new Conflict('EMR Serverless has no such session yet. Wait until it is ready.');
    const { name } = session;
    const object = { kind: 'session', id } as const;
    await audit.record(actOf(person, { action: 'session.connect', object, detail: { name } }, clock.now()));
    const minted = await connections.mint(emrId);
    const url = connectUrl(minted);
    return {
      url,
      token: minted.token,
      expiresAt: minted.expiresAt,
      install: installCommand(session),
      python: pythonLines(url),
    };
  };
