import { describe, expect, it } from 'vitest';

import type { Launch } from '../../../functions/ports/emr-engine.ts';
import { provisionRun } from '../../../functions/run-workflow/provision-run.ts';
import { runLaunches } from '../../../functions/runs/run-lifecycle.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import type { RunEngine } from '../../../shared/domain/engine.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { runJobRequest, sparkJob } from '../../fakes/spark-job.ts';

/** The buckets that AWS documents for RunJobFlow and StartJobRun. */
const BUCKETS = { cluster: { burst: 10, perSecond: 0.5 }, serverless: { burst: 25, perSecond: 1 } } as const;
const { burst: BURST, perSecond: PER_SECOND } = BUCKETS.cluster;
const START = Date.parse(at('06:40:00'));

/** An engine's bucket, on simulated time. */
const emrBucket = (engine: RunEngine, now: () => number) => {
  const { burst, perSecond } = BUCKETS[engine];
  let tokens: number = burst;
  let filledAt = START;
  return (): boolean => {
    tokens = Math.min(burst, tokens + ((now() - filledAt) / 1000) * perSecond);
    filledAt = now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

/** The same numbers in each run of the test. */
const seeded = (seed: number) => (): number => {
  seed = (seed * 16_807) % 2_147_483_647;
  return seed / 2_147_483_647;
};

interface Herd {
  readonly jobs: number;
  readonly engine?: RunEngine;
  /** A person launches a cluster so often, in seconds; null: nobody does. */
  readonly clusterEvery: number | null;
}

/** Executions of so many jobs that are due in the same minute, each with Step Functions' waits and retries. */
const runHerd = async ({ jobs: count, engine = 'cluster', clusterEvery }: Herd) => {
  const identifiers = Array.from({ length: count }, (_, index) => `job-${index}`);
  const world = jobWorld(...identifiers.map((identifier) => sparkJob({ id: identifier, identifier, engine })));
  const takes = emrBucket(engine, () => Date.parse(world.clock.now()));
  const seen = { calls: 0, throttled: 0, lastLaunch: START, clusters: [] as number[] };
  const call = (): void => {
    seen.calls += 1;
    if (takes()) return;
    seen.throttled += 1;
    throw new AwsThrottled('Rate exceeded');
  };
  const launch: Launch<Run> = async (run) => {
    call();
    seen.lastLaunch = Date.parse(world.clock.now());
    return `j-${run.workload.runToken}`;
  };
  const { launch: launchRun } = runLaunches({
    ...world.ofLaunches,
    launches: { cluster: ({ run }) => launch(run), serverless: launch },
    newRunToken: world.newRunToken,
  });
  const provision = provisionRun({ ...world, launchRun });
  const random = seeded(20_261_126);

  const queue: { at: number; act: () => Promise<void> }[] = [];
  const execution =
    (identifier: string, attempt = 1) =>
    async (): Promise<void> => {
      const now = Date.parse(world.clock.now());
      const request = runJobRequest({ jobId: identifier, identifier });
      try {
        const { result, waitSeconds } = await provision({ request, executionId: identifier });
        if (result === 'waiting') queue.push({ at: now + waitSeconds * 1000, act: execution(identifier) });
      } catch (error) {
        if (!(error instanceof AwsThrottled)) throw error;
        const backoff = Math.min(3600, 2 ** (attempt - 1)) * 1000 * random();
        queue.push({ at: now + backoff, act: execution(identifier, attempt + 1) });
      }
    };
  const cluster = async (): Promise<void> => {
    const now = Date.parse(world.clock.now());
    const slot = Date.parse(await world.launchSlots.take('cluster'));
    seen.clusters.push((slot - now) / 1000);
    queue.push({ at: slot, act: async () => call() });
  };

  for (const identifier of identifiers) queue.push({ at: START + random() * 60_000, act: execution(identifier) });
  if (clusterEvery !== null)
    for (let seconds = 70; seconds < count * 2; seconds += clusterEvery)
      queue.push({ at: START + seconds * 1000, act: cluster });
  for (;;) {
    queue.sort((a, b) => a.at - b.at);
    const next = queue.shift();
    if (next === undefined) break;
    world.clock.set(toInstant(Math.max(next.at, Date.parse(world.clock.now()))));
    await next.act();
  }
  const launched = (await Promise.all(identifiers.map((identifier) => world.jobs.get(identifier)))).filter(
    ({ latestRun }) => latestRun?.workload.emrId !== null && latestRun !== null,
  );
  return { ...seen, launched: launched.length, minutes: (seen.lastLaunch - START) / 60_000 };
};

describe('jobs that are due in the same minute', () => {
  it.each([100, 500])('%i are all launched within 10 % of the time that EMR allows, at one call each', async (jobs) => {
    const ideal = (jobs - BURST) / PER_SECOND / 60;
    const { launched, minutes, calls, throttled } = await runHerd({ jobs, clusterEvery: null });
    expect({ launched, calls, throttled }).toEqual({ launched: jobs, calls: jobs, throttled: 0 });
    expect(minutes).toBeLessThan(ideal * 1.1);
  });

  it('are submitted to EMR Serverless 25 at once and then one a second, at one call each', async () => {
    const herd = await runHerd({ jobs: 500, engine: 'serverless', clusterEvery: null });
    expect(herd).toMatchObject({ launched: 500, calls: 500, throttled: 0 });
    expect(herd.minutes * 60).toBeLessThanOrEqual(480);
  });

  it('let people’s clusters go first, one in 45 seconds, and nobody is throttled for it', async () => {
    const { launched, clusters, throttled, minutes } = await runHerd({ jobs: 500, clusterEvery: 45 });
    expect(launched).toBe(500);
    expect(clusters).toHaveLength(21);
    expect(Math.max(...clusters)).toBe(0);
    expect(throttled).toBe(0);
    expect(minutes).toBeLessThan(((500 - BURST) / PER_SECOND / 60) * 1.1);
  });
});
