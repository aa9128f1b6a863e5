import { isExpired, isToTerminate, type Expiring } from '../../shared/domain/expiring.ts';
import { needsTermination, PORTAL, terminationRequested } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import { terminateAllInEmr } from '../workloads/terminate-in-emr.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';

interface TerminateExpiredDependencies<Holder extends Expiring> {
  readonly kind: 'cluster' | 'session';
  readonly repository: Pick<ExpiringRepository<Holder, string>, 'active'>;
  readonly owning: (holder: Holder) => WorkloadOwner<Holder>;
  readonly engines: Engines;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
  readonly clock: Clock;
}

/**
 * Terminates expired clusters or sessions, and repeats terminations that EMR did not accept before. Each is recorded
 * first; an extension made meanwhile wins.
 * @throws SweepFailed; AwsThrottled, AwsFailed if the calls to EMR failed, which the next minute repeats
 */
export const terminateExpired =
  <Holder extends Expiring>({
    kind,
    repository,
    owning,
    engines,
    acts,
    clock,
  }: TerminateExpiredDependencies<Holder>): Task =>
  async () => {
    const now = clock.now();
    const due: WorkloadOwner[] = [];
    const record = async (holder: Holder): Promise<void> => {
      const { owner, expiresAt } = holder;
      const owned = owning(holder);
      // A termination that EMR did not accept before has its entry.
      if (holder.workload.termination === null)
        await acts.recordEnd({
          action: `${kind}.expire`,
          object: owned.audited,
          detail: { ...owned.named, owner, expiresAt },
        });
      const recorded = await owned.change((workload, current) =>
        isExpired(current, now) ? terminationRequested(workload, { by: PORTAL, reason: 'expired', at: now }) : workload,
      );
      if (needsTermination(recorded.workload)) due.push(recorded);
    };
    try {
      return await sweep({
        what: `record that a ${kind} expired`,
        items: (await repository.active()).filter((holder) => isToTerminate(holder, now)),
        evidence: ({ id }) => ({ [`${kind}Id`]: id }),
        act: record,
      });
    } finally {
      // The recorded ones are terminated even if others failed.
      await terminateAllInEmr(engines)(due);
    }
  };
