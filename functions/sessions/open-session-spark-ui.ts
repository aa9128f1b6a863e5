import { actOf } from '../../shared/domain/audit.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { SparkUiLink } from '../ports/spark-uis.ts';
import { linkToSparkUi, type SparkUiLinks } from '../workloads/link-to-spark-ui.ts';
import type { LookAtSession } from './look-at-session.ts';

interface OpenSessionSparkUiDependencies extends SessionLookup, SparkUiLinks {
  readonly look: LookAtSession;
  readonly audit: Pick<AuditTrail, 'record'>;
}

/** For everybody who may see the session. @throws NotFound; Conflict with the reason where there is none, or none yet */
export const openSessionSparkUi =
  ({ look, audit, ...deps }: OpenSessionSparkUiDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<SparkUiLink> => {
    const { session: stored } = await permittedSession(deps, id, person, 'view');
    const { name, owner, workload } = await look(stored);
    const act = { action: 'session.open-spark-ui', object: { kind: 'session', id }, detail: { name, owner } } as const;
    return linkToSparkUi(deps, workload, () => audit.record(actOf(person, act, deps.clock.now())));
  };
