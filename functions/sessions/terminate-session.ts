import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { SessionView } from '../../shared/contract/routes/sessions.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { Session } from '../../shared/domain/session.ts';
import { isEnded, terminationRequested } from '../../shared/domain/workload.ts';
import { eachOf } from '../access/bulk.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import { sessionToView } from './session-view.ts';

interface TerminateSessionDependencies extends SessionLookup {
  readonly lifecycle: Pick<SessionLifecycle, 'owning' | 'terminateSoon'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

const requireActive = ({ workload }: Pick<Session, 'workload'>): void => {
  if (isEnded(workload)) throw new Conflict(`The session is already ${workload.status}.`);
};

/**
 * Terminates a session. Who asked is recorded before EMR is asked for it; if that call fails, the upkeep repeats it.
 * @throws NotFound, Forbidden; Conflict if the session has ended
 */
export const terminateSession =
  ({ lifecycle, audit, clock, ...lookup }: TerminateSessionDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<SessionView> => {
    const { session, grants } = await permittedSession(lookup, id, person, 'manage');
    requireActive(session);
    const { name, owner } = session;
    const object = { kind: 'session', id } as const;
    await audit.record(actOf(person, { action: 'session.terminate', object, detail: { name, owner } }, clock.now()));
    const recorded = await lifecycle.owning(session).change((workload) => {
      requireActive({ workload });
      return terminationRequested(workload, { by: person.username, reason: 'requested', at: clock.now() });
    });
    const { holder } = await lifecycle.terminateSoon(recorded);
    return sessionToView(holder, person, grants);
  };

/** EMR Serverless ends one session a call, so that each is asked for by itself. */
export const terminateSessions = (deps: TerminateSessionDependencies) => {
  const terminate = terminateSession(deps);
  return async (
    { ids }: RouteInput<Routes['terminateSessions']>,
    caller: Caller,
  ): Promise<RouteOutput<Routes['terminateSessions']>> => ({
    results: await eachOf(ids, (id) => terminate({ id }, caller), { caller, clock: deps.clock }),
  });
};
