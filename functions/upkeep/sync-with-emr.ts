import { ENGINES, engineStates, type Engine, type Phase } from '../../shared/domain/engine.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { lastTurn, mayExistSince, type Workload } from '../../shared/domain/workload.ts';
import type { EmrEngine, Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import type { ManagedWorkload, WorkloadSource } from '../workloads/workload-owner.ts';

interface SyncWithEmrDependencies {
  readonly sources: readonly WorkloadSource[];
  readonly engines: Engines;
  /** Those that are asked; left out: all. */
  readonly asked?: readonly Engine[];
  readonly clock: Clock;
}

/** EMR's lists lag behind: what was absent from two sweeps in a row is looked at more closely. */
const ABSENT_SWEEPS = 2;
const ABSENT_MINUTES = 10;

const ACTIVE_PHASES: readonly Phase[] = ['starting', 'running', 'ending'];

/**
 * How far back the list of what ended goes for an absent workload whose id is known: past that, the account's whole history
 * would be read for one item, and asking for it by its id tells the same.
 */
const LISTED_MINUTES = 24 * 60;

/** EMR's lists, searched by the id or, without one, by the run token. */
const lookup = (listed: readonly EmrObservation[]) => {
  const byId = new Map(listed.map((seen) => [seen.emrId, seen]));
  const byToken = new Map(listed.map((seen) => [seen.runToken, seen]));
  return ({ emrId, runToken }: Workload): EmrObservation | undefined =>
    emrId === null ? byToken.get(runToken) : byId.get(emrId);
};

const NOUNS: Readonly<Record<Engine, string>> = { cluster: 'cluster', serverless: 'job run', connect: 'session' };

/** EMR forgets a cluster two months after its end, and invents no other. */
const vanished = (engine: Engine, emrId: string, now: Instant): EmrObservation => ({
  emrId,
  runToken: null,
  state: engineStates(engine).ended.failed,
  reason: {
    code: 'INTERNAL_ERROR',
    message: `EMR no longer knows this ${NOUNS[engine]}.`,
  },
  createdAt: null,
  readyAt: null,
  finishedAt: null,
  masterAddress: null,
  normalizedInstanceHours: null,
  billed: null,
  observedAt: now,
});

/**
 * Reconciles all that is active on one engine by one list of what EMR runs. What that lacks is looked for in a second
 * list, also of what has ended; only what is in neither list in two sweeps in a row is asked for by id. A launch of unknown outcome is
 * found by its run token: adopted, or launched again.
 */
const syncEngine = async (
  engine: Engine,
  active: readonly ManagedWorkload[],
  { emr, clock }: { readonly emr: EmrEngine; readonly clock: Clock },
): Promise<number> => {
  const listed = await emr.list(ACTIVE_PHASES);
  const isListed = lookup(listed);
  const horizon = plusMinutes(clock.now(), -LISTED_MINUTES);
  const [oldest] = active
    .filter(({ workload }) => isListed(workload) === undefined)
    .map(({ workload }) => {
      const since = mayExistSince(workload);
      // A launch of unknown outcome has no id: only a list tells whether it may be launched again.
      return workload.emrId !== null && since < horizon ? horizon : since;
    })
    .toSorted();
  // In every state: of two lists the second may lag behind further, and then neither has what ended in between.
  // A minute earlier than our own clock says, for EMR's may differ.
  const everything = oldest === undefined ? [] : await emr.list([...ACTIVE_PHASES, 'ended'], plusMinutes(oldest, -1));
  const find = lookup([...everything, ...listed]);

  return sweep({
    what: 'reconcile a workload with EMR',
    items: active,
    evidence: ({ evidence, workload }) => ({ ...evidence, runToken: workload.runToken }),
    act: async (managed) => {
      const { workload } = managed;
      const seen = find(workload);
      if (seen !== undefined) return managed.reconcile(seen);
      const now = clock.now();
      const isRecent = plusMinutes(lastTurn(workload), ABSENT_MINUTES) > now;
      if (isRecent || workload.absentSweeps + 1 < ABSENT_SWEEPS) return managed.countAbsence();
      if (workload.emrId === null) return managed.relaunch();
      return managed.reconcile((await emr.describe(workload.emrId)) ?? vanished(engine, workload.emrId, now));
    },
  });
};

/** Reconciles everything that is active with EMR. @throws SweepFailed; AwsThrottled, AwsFailed where EMR cannot be asked at all */
export const syncWithEmr =
  ({ sources, engines, asked = ENGINES, clock }: SyncWithEmrDependencies): Task =>
  async () => {
    // Read before EMR is asked: whatever is known here was launched by then, or is still LAUNCHING.
    const active = (await Promise.all(sources.map((source) => source.active()))).flat();
    let handled = 0;
    for (const engine of asked) {
      // EMR tells the details of a few at a time: those that have waited longest come first.
      const ofEngine = active
        .filter(({ workload }) => workload.engine === engine)
        .toSorted((a, b) => (a.workload.claimedAt < b.workload.claimedAt ? -1 : 1));
      if (ofEngine.length > 0) handled += await syncEngine(engine, ofEngine, { emr: engines[engine], clock });
    }
    return handled;
  };
