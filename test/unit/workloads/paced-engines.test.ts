import { beforeEach, describe, expect, it } from 'vitest';

import { absentEngine } from '../../../functions/adapters/absent-engine.ts';
import type { EmrEngine } from '../../../functions/ports/emr-engine.ts';
import { pacedEngines } from '../../../functions/workloads/paced-engines.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';

const BEGIN = Date.parse('2026-11-23T06:00:00.000Z');

let now = BEGIN;
let calls: { id: string; at: number }[] = [];
let tokens = 10;
let refilledAt = BEGIN;
let throttled = 0;

/** EMR's own bucket for DescribeCluster: 10 at once and then one a second. */
const emr: EmrEngine = {
  async describe(id) {
    tokens = Math.min(10, tokens + (now - refilledAt) / 1000);
    refilledAt = now;
    if (tokens < 1) {
      throttled += 1;
      throw new AwsThrottled('Rate exceeded');
    }
    tokens -= 1;
    calls.push({ id, at: now - BEGIN });
    return null;
  },
  list: async () => [],
  terminate: async () => undefined,
};

const paced = () =>
  pacedEngines(
    { cluster: emr, serverless: absentEngine, connect: absentEngine },
    {
      clock: { now: () => new Date(now).toISOString() },
      pause: async (milliseconds) => {
        now += milliseconds;
      },
    },
  ).cluster;

/** One sweep over clusters that lack their address: what EMR was asked, in order, and how many were left. */
const sweepOver = async (engine: EmrEngine, ids: readonly string[]): Promise<number> => {
  let left = 0;
  for (const id of ids)
    await engine.describe(id).catch((error: unknown) => {
      if (!(error instanceof AwsThrottled)) throw error;
      left += 1;
    });
  return left;
};

beforeEach(() => {
  now = BEGIN;
  calls = [];
  tokens = 10;
  refilledAt = BEGIN;
  throttled = 0;
});

describe('asking for the details of many clusters', () => {
  const ids = Array.from({ length: 391 }, (_, n) => `j-${n}`);

  it('keeps EMR’s rate, first come first served, and leaves the rest to the next sweep', async () => {
    const engine = paced();
    expect(await sweepOver(engine, ids)).toBe(191);
    expect(throttled).toBe(0);
    expect(calls.map(({ id }) => id)).toEqual(ids.slice(0, 200));
    expect((calls.at(-1)?.at ?? 0) / 1000).toBe(195);
    now = BEGIN + 5 * 60_000;
    expect(await sweepOver(engine, ids.slice(200))).toBe(0);
    expect([calls.length, throttled]).toEqual([391, 0]);
  });

  it('asks a few at once without waiting', async () => {
    await sweepOver(paced(), ids.slice(0, 5));
    expect(calls.map(({ at }) => at)).toEqual([0, 0, 0, 0, 0]);
  });

  it('stops at the first throttle, for a minute', async () => {
    tokens = 2;
    const engine = paced();
    expect(await sweepOver(engine, ids.slice(0, 100))).toBe(98);
    expect([calls.length, throttled]).toEqual([2, 1]);
    now += 60_000;
    expect(await sweepOver(engine, ['j-5'])).toBe(0);
  });
});
