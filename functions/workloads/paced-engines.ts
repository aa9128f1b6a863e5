import { ENGINES } from '../../shared/domain/engine.ts';
import { AwsThrottled } from '../../shared/domain/errors.ts';
import type { EmrEngine, Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';

/** DescribeCluster: 10 at once and then one a second for the whole account. Half of the burst is left to others. */
const BURST = 5;
const INTERVAL_MS = 1000;

/** In four minutes, within the five that the upkeep may take. The next sweep goes on where this one stopped. */
const MAX_CALLS = 200;
const WINDOW_MS = 4 * 60_000;

/** How long EMR is left alone after it throttled a call. */
const REST_MS = 60_000;

interface Pacing {
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const pacedEngine = (engine: EmrEngine, { clock, pause }: Pacing): EmrEngine => {
  let paidUntil = 0;
  let restUntil = 0;
  let window = { startedAt: 0, calls: 0 };

  /** Waits for its turn. @throws AwsThrottled where EMR is not asked at all */
  const turn = async (): Promise<void> => {
    const now = Date.parse(clock.now());
    if (now - window.startedAt >= WINDOW_MS) window = { startedAt: now, calls: 0 };
    if (now < restUntil || window.calls >= MAX_CALLS)
      throw new AwsThrottled('EMR is asked for few details at a time. The next sweep asks for the rest.');
    window.calls += 1;
    const due = Math.max(paidUntil, now);
    paidUntil = due + INTERVAL_MS;
    const wait = due - (BURST - 1) * INTERVAL_MS - now;
    if (wait > 0) await pause(wait);
  };

  return {
    ...engine,
    async describe(emrId) {
      await turn();
      try {
        return await engine.describe(emrId);
      } catch (error) {
        if (error instanceof AwsThrottled) restUntil = Date.parse(clock.now()) + REST_MS;
        throw error;
      }
    },
  };
};

/** Engines that ask for single workloads at EMR's own rate, and not again for a minute once EMR throttles. */
export const pacedEngines = (engines: Engines, pacing: Pacing): Engines =>
  Object.fromEntries(ENGINES.map((engine) => [engine, pacedEngine(engines[engine], pacing)])) as Engines;
