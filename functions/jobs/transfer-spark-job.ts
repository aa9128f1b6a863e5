import type { SparkJobView } from '../../shared/contract/spark-job.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { sharedSparkJob } from '../../shared/domain/shared-objects.ts';
import { requireOwnedBy, transferredJob } from '../../shared/domain/transfer.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { ResolvePerson } from '../access/resolve-person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sparkJobToView } from './spark-job-view.ts';

interface TransferSparkJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: Pick<RunRepository, 'record'>;
  readonly identifiers: JobIdentifiers;
  readonly grants: Pick<GrantRepository, 'remove'>;
  readonly quotas: Pick<QuotaReservations, 'require' | 'reserve' | 'open' | 'release'>;
  readonly resolve: ResolvePerson;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/** From here on, only they may use the identifier. */
const moveIdentifier = async (identifiers: JobIdentifiers, identifier: string, ownerId: string): Promise<void> => {
  if ((await identifiers.find(identifier)) === null) await identifiers.claim(identifier, ownerId);
  else await identifiers.change(identifier, (known) => (known.ownerId === ownerId ? known : { ...known, ownerId }));
};

/**
 * Makes a Spark job another person's, with its identifier, runs and results, and counts it in their quotas. The job's item
 * decides; a repetition does what a failure left undone.
 * @throws NotFound; InvalidInput (field `owner`); QuotaExceeded; Conflict
 */
export const transferSparkJob =
  ({ jobs, history, identifiers, grants, quotas, resolve, audit, clock }: TransferSparkJobDependencies) =>
  async (
    { identifier, owner }: { readonly identifier: string; readonly owner: string },
    person: Caller,
  ): Promise<SparkJobView> => {
    const job = await jobs.get(identifier);
    const to = await resolve(owner, 'owner');
    const reserved = { kind: 'sparkJob', id: identifier } as const;
    const isMoved = job.ownerId !== to.id;
    if (isMoved) {
      await quotas.require(to, reserved);
      const detail = { from: job.owner, to: to.username };
      const object = { kind: 'spark-job', id: identifier } as const;
      await audit.record(actOf(person, { action: 'spark-job.transfer', object, detail }, clock.now()));
      await quotas.reserve(to, reserved);
      // A crash after the write must not keep the reservation of the former owner.
      await quotas.open(job.ownerId, reserved);
    }
    const transferred = await jobs
      .change(identifier, (current) => {
        if (current.id !== job.id) throw new NotFound('Spark job', identifier);
        requireOwnedBy(current, [job.ownerId, to.id]);
        return transferredJob(current, to, clock.now());
      })
      .catch(async (error: unknown) => {
        // Certainly not theirs. After any other error it may be; the sweep of reservations looks.
        if (isMoved && (error instanceof Conflict || error instanceof NotFound)) await quotas.release(to.id, reserved);
        throw error;
      });
    if (transferred.latestRun !== null) await history.record(transferred.latestRun);
    await moveIdentifier(identifiers, identifier, to.id);
    await grants.remove({ object: sharedSparkJob(transferred), to: `user:${to.id}` });
    if (isMoved) await quotas.release(job.ownerId, reserved);
    return sparkJobToView(transferred, person, []);
  };
