import { isExpired, type Expiring } from '../../shared/domain/expiring.ts';
import { endingOfWorkload, isEnded, type GivenUp } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import { launchWorkload } from './launch-workload.ts';
import type { ReconcileWorkload } from './reconcile-workload.ts';
import { relaunchWorkload } from './relaunch-workload.ts';
import { managed, workloadCare } from './workload-lifecycle.ts';
import type { WorkloadOwner, WorkloadSource } from './workload-owner.ts';

interface ExpiringLifecycleDependencies<Holder extends Expiring> {
  readonly kind: 'cluster' | 'session';
  readonly repository: Pick<ExpiringRepository<Holder, string>, 'active' | 'findByEmrId'>;
  readonly owning: (holder: Holder) => WorkloadOwner<Holder>;
  /** Calls EMR once to launch it, and returns its EMR id. @throws as `launchWorkload` says */
  readonly ask: (holder: Holder) => Promise<string>;
  readonly engines: Engines;
  readonly acts: OwnActs;
  readonly launchPause: LaunchPause;
  readonly clock: Clock;
  readonly newRunToken: () => string;
}

/** The lifecycle of what people launch for a lifetime, shared by all functions that change it. */
export const expiringLifecycle = <Holder extends Expiring>(deps: ExpiringLifecycleDependencies<Holder>) => {
  const { kind, repository, owning, ask, engines, launchPause, acts, clock, newRunToken } = deps;
  const care = workloadCare({ engines, acts });
  const tooLate: GivenUp = {
    ending: 'failed',
    reason: { code: 'INTERNAL_ERROR', message: `EMR did not launch the ${kind} within its lifetime.` },
  };

  const launch = launchWorkload<Holder>({
    engines,
    ask,
    terminate: care.terminateSoon,
    acts,
    launchPause,
    clock,
  });
  const relaunch = relaunchWorkload({
    launch,
    launchPause,
    givenUp: (holder, now) => (isExpired(holder, now) ? tooLate : null),
    acts,
    clock,
    newRunToken,
  });

  /** EMR ends what is idle by itself: the entry is written when the portal learns of it, with EMR's own reason. */
  const reconcile: ReconcileWorkload = async (owner, seen) => {
    const after = await care.reconcile(owner, seen);
    const { audited, named, workload } = after;
    const isUnasked = workload.termination === null && endingOfWorkload(workload) === 'stopped';
    if (isUnasked && !isEnded(owner.workload)) {
      const { code = '', message = '' } = workload.reason ?? {};
      await acts.recordEnd({ action: `${kind}.end-by-emr`, object: audited, detail: { ...named, code, message } });
    }
    return after;
  };
  const manage = managed({ reconcile, relaunch });
  const source: WorkloadSource = {
    active: async () => (await repository.active()).map((holder) => manage(owning(holder))),
    async findByEmrId(emrId) {
      const holder = await repository.findByEmrId(emrId);
      return holder === null ? null : manage(owning(holder));
    },
  };
  return { ...care, reconcile, owning, launch, source };
};
