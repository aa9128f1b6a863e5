import { phaseOfState } from '../../shared/domain/engine.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { isAbout } from '../../shared/domain/observed-workload.ts';
import type { ManagedWorkload, WorkloadSource } from '../workloads/workload-owner.ts';
import type { UsageMeter } from './add-up-usage.ts';
import { engineOf, lacksName, observationIn, type EmrEvent } from './emr-event.ts';

interface ReconcileEmrEventDependencies {
  readonly sources: readonly WorkloadSource[];
  readonly meter: Pick<UsageMeter, 'ofEnded'>;
  readonly environment: string;
}

/** Reconciles a workload with an EMR event. Events of what is not the portal's are ignored. */
export const reconcileEmrEvent = ({ sources, meter, environment }: ReconcileEmrEventDependencies) => {
  const byEmrId = async (emrId: string): Promise<ManagedWorkload | undefined> =>
    (await Promise.all(sources.map((source) => source.findByEmrId(emrId)))).find((found) => found !== null) ??
    undefined;

  /** A launch that is not yet recorded, or not yet in the index. */
  const byToken = async (seen: EmrObservation): Promise<ManagedWorkload | undefined> => {
    for (const source of sources) {
      const found = (await source.active()).find(({ workload }) => isAbout(seen, workload));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const find = async (event: EmrEvent, seen: EmrObservation): Promise<ManagedWorkload | undefined> => {
    if (lacksName(event)) return byEmrId(seen.emrId);
    return seen.runToken === null ? undefined : ((await byEmrId(seen.emrId)) ?? byToken(seen));
  };

  return async (event: EmrEvent): Promise<void> => {
    const seen = observationIn(event, environment);
    if (seen === null) return;
    await (await find(event, seen))?.reconcile(seen);
    if (phaseOfState(engineOf(event), seen.state) === 'ended') await meter.ofEnded(seen.emrId);
  };
};
