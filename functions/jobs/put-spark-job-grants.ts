import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { GrantsView } from '../../shared/contract/grants.ts';
import { actOf } from '../../shared/domain/audit.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { sharedSparkJob } from '../../shared/domain/shared-objects.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import { changesSharing, type Sharing } from '../access/sharing.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';

interface PutSparkJobGrantsDependencies extends JobLookup {
  readonly sharing: Sharing;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/** Replaces the whole list. @throws NotFound, Forbidden; InvalidInput naming entries */
export const putSparkJobGrants =
  ({ sharing, audit, clock, ...lookup }: PutSparkJobGrantsDependencies) =>
  async (input: RouteInput<Routes['putSparkJobGrants']>, person: Caller): Promise<GrantsView> => {
    const { identifier, grants } = input;
    const { job } = await permittedSparkJob(lookup, identifier, person, 'share');
    const plan = await sharing.plan(sharedSparkJob(job), job.ownerId, grants);
    if (changesSharing(plan)) {
      const detail = await sharing.detail(plan);
      const object = { kind: 'spark-job', id: identifier } as const;
      await audit.record(actOf(person, { action: 'spark-job.share', object, detail }, clock.now()));
    }
    return sharing.carryOut(plan);
  };
