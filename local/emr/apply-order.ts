import type { ClusterLife } from './cluster-life.ts';
import { InvalidOrder } from '../emulation/control-order.ts';
import type { RecordStore } from '../emulation/record-store.ts';
import type { EmrControlOrder } from './control.ts';
import type { ClusterRecord } from './cluster-record.ts';
import type { Faults } from './faults.ts';
import type { Timings } from './settings.ts';

/** What is in force after an order. */
export interface EmrControlState extends Timings, Faults {}

interface Controlled {
  readonly timings: Timings;
  readonly faults: Faults;
  readonly store: RecordStore<ClusterRecord>;
  readonly life: ClusterLife;
}

const forget = (store: RecordStore<ClusterRecord>, which: boolean | string): void => {
  const chosen = typeof which === 'string' ? store.all().filter(({ id }) => id === which) : store.all();
  if (typeof which === 'string' && chosen.length === 0) {
    throw new InvalidOrder('the local EMR', [{ field: 'forget', message: `No cluster ${which} is known` }]);
  }
  for (const cluster of chosen) {
    cluster.forgotten = which !== false;
    store.save(cluster);
  }
};

/** Carries out a checked order. @throws InvalidOrder for the id of a cluster that does not exist */
export const applyOrder = ({ timings, faults, store, life }: Controlled, order: EmrControlOrder): EmrControlState => {
  if (order.forget !== undefined) forget(store, order.forget);
  timings.startSeconds = order.startSeconds ?? timings.startSeconds;
  timings.bootstrapSeconds = order.bootstrapSeconds ?? timings.bootstrapSeconds;
  timings.terminateSeconds = order.terminateSeconds ?? timings.terminateSeconds;
  timings.stepSeconds = order.stepSeconds ?? timings.stepSeconds;
  Object.assign(faults.throttle, order.throttle);
  Object.assign(faults.errorNext, order.errorNext);
  faults.errorAfterLaunch = order.errorAfterLaunch ?? faults.errorAfterLaunch;
  faults.failNext = order.failNext === undefined ? faults.failNext : order.failNext;
  faults.loseEvents = order.loseEvents ?? faults.loseEvents;
  faults.rateLimits = order.rateLimits ?? faults.rateLimits;
  faults.sessionsWithoutSpark = order.sessionsWithoutSpark ?? faults.sessionsWithoutSpark;
  const returned = faults.spotShortage && order.spotShortage === false;
  faults.spotShortage = order.spotShortage ?? faults.spotShortage;
  if (returned) life.capacityReturned();
  return structuredClone({ ...timings, ...faults });
};
