import { ENGINES } from '../../shared/domain/engine.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { isAbout } from '../../shared/domain/observed-workload.ts';
import { isEnded } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { Task } from '../runtime/sweep.ts';
import { terminateOrphans } from '../workloads/terminate-orphans.ts';
import type { WorkloadSource } from '../workloads/workload-owner.ts';

interface FindOrphansDependencies {
  readonly engines: Engines;
  readonly sources: readonly WorkloadSource[];
  readonly acts: Pick<OwnActs, 'recordEnd'>;
  readonly clock: Clock;
}

/** Longer than recording a launch and updating the indexes take. */
const GRACE_MINUTES = 15;

/**
 * Terminates EMR workloads with a name of the portal but without an item: their record was deleted, or EMR started them after
 * the launch was given up. They would run and cost money unseen.
 * @throws AwsThrottled, AwsFailed
 */
export const findOrphans = ({ engines, sources, acts, clock }: FindOrphansDependencies): Task => {
  const terminate = terminateOrphans({ engines, acts });

  const activeNow = async () => (await Promise.all(sources.map((source) => source.active()))).flat();

  /** The indexes of what is active lag behind; the items themselves do not. */
  const isKnown = async ({ emrId }: EmrObservation): Promise<boolean> => {
    const found = await Promise.all(sources.map((source) => source.findByEmrId(emrId)));
    return found.some((managed) => managed !== null && !isEnded(managed.workload));
  };

  return async () => {
    let found = 0;
    const before = plusMinutes(clock.now(), -GRACE_MINUTES);
    for (const engine of ENGINES) {
      const listed = await engines[engine].list(['starting', 'running']);
      const grown = listed.filter(({ createdAt }) => createdAt !== null && createdAt < before);
      if (grown.length === 0) continue;
      const active = await activeNow();
      const unheld = grown.filter((seen) => !active.some(({ workload }) => isAbout(seen, workload)));
      const orphans: EmrObservation[] = [];
      for (const seen of unheld) if (!(await isKnown(seen))) orphans.push(seen);
      if (orphans.length === 0) continue;
      for (const { emrId, runToken } of orphans)
        logger.error('An orphaned workload is terminated', { engine, emrId, runToken });
      await terminate(
        engine,
        orphans.map(({ emrId }) => emrId),
      );
      found += orphans.length;
    }
    return found;
  };
};
