import type { SessionView } from '../../shared/contract/routes/sessions.ts';
import { permissionsOn } from '../../shared/domain/access.ts';
import { isActive, isFailed, isReady } from '../../shared/domain/expiring.ts';
import type { Grant } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import { sessionIdOf } from '../../shared/domain/serverless-ids.ts';
import type { Session } from '../../shared/domain/session.ts';
import { phaseOf } from '../../shared/domain/workload.ts';
import { costOfWorkload } from '../../shared/domain/workload-cost.ts';

/**
 * Converts a session for the API, with what this person may do.
 * @param grants on the session; none where the person is its owner or an admin
 */
export const sessionToView = (session: Session, person: Person, grants: readonly Grant[]): SessionView => {
  const { workload } = session;
  const { applicationId, sessionId } =
    workload.emrId === null ? { applicationId: null, sessionId: null } : sessionIdOf(workload.emrId);
  return {
    id: session.id,
    name: session.name,
    ownerId: session.ownerId,
    owner: session.owner,
    size: session.size,
    lifetime: session.lifetime,
    lifetimeExtensionCount: session.lifetimeExtensionCount,
    idleMinutes: session.idleMinutes,
    emrRelease: session.emrRelease,
    sparkVersion: session.sparkVersion,
    pythonVersion: session.pythonVersion,
    applicationId,
    sessionId,
    phase: phaseOf(workload),
    // A session is on no other engine.
    status: workload.status as SessionView['status'],
    statusReason: workload.reason,
    isActive: isActive(session),
    isReady: isReady(session),
    isFailed: isFailed(session),
    termination: workload.termination,
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    startedAt: workload.startedAt,
    readyAt: workload.readyAt,
    finishedAt: workload.finishedAt,
    cost: costOfWorkload(workload),
    permissions: permissionsOn('session', session, person, grants),
    modifiedAt: session.modifiedAt,
  };
};
