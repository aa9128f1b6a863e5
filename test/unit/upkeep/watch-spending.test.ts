import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { metrics } from '../../../functions/runtime/metrics.ts';
import { watchSpending } from '../../../functions/upkeep/watch-spending.ts';
import { at, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { fakeBudgetNotices } from '../../fakes/fake-budget-notices.ts';
import { runningJob } from '../../fakes/spark-job.ts';
import { upkeepWorld, type UpkeepWorld } from '../../fakes/upkeep-world.ts';

describe('watching what everything costs', () => {
  let world: UpkeepWorld;
  let recorded: object[];
  let notices: ReturnType<typeof fakeBudgetNotices>;
  beforeEach(() => {
    world = upkeepWorld({
      clusters: [
        readyCluster(),
        claimedCluster({ id: 'waiting' }),
        claimedCluster({ id: 'asked', launchAttemptedAt: at('06:00:00') }),
        readyCluster({ id: 'ended', status: 'TERMINATED', finishedAt: at('06:30:00') }),
      ],
      jobs: [runningJob()],
    });
    recorded = [];
    vi.spyOn(metrics, 'record').mockImplementation((values) => void recorded.push(...values));
    notices = fakeBudgetNotices();
  });
  afterEach(() => vi.restoreAllMocks());
  const watch = (hourlyCostLimit: string) =>
    watchSpending({
      clusters: world.clusters,
      sessions: world.sessions,
      jobs: world.jobs,
      notices: notices.notices,
      hourlyCostLimit,
      clock: world.clock,
    })();

  it('records the rates of what EMR has taken, and what waits for its turn', async () => {
    await world.clusters.change('waiting', (cluster) => ({
      ...cluster,
      workload: { ...cluster.workload, launchAttemptedAt: null },
    }));
    await watch('');
    expect(recorded).toEqual([
      { name: 'hourly-cost', unit: 'None', value: 1.16, dimensions: {}, about: null },
      { name: 'launches-waiting', unit: 'Count', value: 1, dimensions: {}, about: null },
    ]);
    expect(notices.all()).toEqual([]);
  });

  it('tells admins once a day from the limit on', async () => {
    await watch('1.17');
    expect(notices.all()).toEqual([]);
    for (const limit of ['1.16', '1', '0.5']) await watch(limit);
    expect(notices.all()).toMatchObject([
      {
        account: 'hourly-cost',
        period: '2026-11-23',
        outbox: [{ kind: 'hourly-cost', to: '', values: { hourly: 1.16, limit: 1.16 } }],
      },
    ]);
    world.clock.advance(24 * 60);
    await watch('1');
    expect(notices.all()).toHaveLength(2);
  });
});
