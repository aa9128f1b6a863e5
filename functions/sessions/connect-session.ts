import type { Connection } from '../../shared/contract/connection.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { requireConnectable } from '../../shared/domain/session.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { SessionConnections } from '../ports/session-connections.ts';
import type { Clock } from '../runtime/clock.ts';
import { makeConnection } from '../workloads/make-connection.ts';
import type { LookAtSession } from './look-at-session.ts';

interface ConnectSessionDependencies extends SessionLookup {
  readonly connections: SessionConnections;
  readonly look: LookAtSession;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/** @throws NotFound; Forbidden but for the owner; Conflict until the session is ready, and once it is ending */
export const connectSession =
  ({ connections, look, audit, clock, ...lookup }: ConnectSessionDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<Connection> => {
    const { session: stored } = await permittedSession(lookup, id, person, 'connect');
    const session = await look(stored);
    requireConnectable(session);
    const { name, sparkVersion } = session;
    const { emrId } = session.workload;
    if (emrId === null) throw new Conflict('EMR Serverless has no such session yet. Wait until it is ready.');
    const act = { action: 'session.connect', object: { kind: 'session', id }, detail: { name } } as const;
    return makeConnection(connections, { id: emrId, sparkVersion }, () =>
      audit.record(actOf(person, act, clock.now())),
    );
  };
