import { describe, expect, it } from 'vitest';

import { openClusterSparkUi } from '../../../functions/clusters/open-cluster-spark-ui.ts';
import { openRunSparkUi } from '../../../functions/runs/open-run-spark-ui.ts';
import { lookAtSession } from '../../../functions/sessions/look-at-session.ts';
import { openSessionSparkUi } from '../../../functions/sessions/open-session-spark-ui.ts';
import { Conflict, NotFound } from '../../../shared/domain/errors.ts';
import { plusHours } from '../../../shared/domain/instant.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import type { Session } from '../../../shared/domain/session.ts';
import { whyNoSparkUi } from '../../../shared/domain/spark-ui.ts';
import { ALICE, at, BOB, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { fakeSparkUis } from '../../fakes/fake-spark-uis.ts';
import { grantOnCluster, grantOnSession } from '../../fakes/grant.ts';
import { readySession } from '../../fakes/session.ts';
import { jobOnServerless, JOB_RUN_EMR_ID } from '../../fakes/serverless-run.ts';
import { finishedJob, runOf } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

const ENDED = { status: 'TERMINATED', finishedAt: at('06:30:00') } as const;

describe('a Spark UI', () => {
  const why = (cluster = readyCluster(), now = at('06:40:00')) => whyNoSparkUi(cluster.workload, now);

  it('is there while Spark runs, and for 30 days after its end', () => {
    expect(why()).toBeNull();
    expect(why(readyCluster(ENDED))).toBeNull();
    const last = plusHours(ENDED.finishedAt, 30 * 24);
    expect(why(readyCluster(ENDED), plusHours(last, -1))).toBeNull();
    expect(why(readyCluster(ENDED), last)).toBe('AWS keeps a Spark UI for 30 days. This one is gone.');
  });

  it('is not there before Spark runs, nor of what ended before', () => {
    expect(why(claimedCluster())).toMatch(/not started yet/);
    const failed = readyCluster({ ...ENDED, status: 'TERMINATED_WITH_ERRORS', readyAt: null });
    expect(why(failed)).toMatch(/ended before Spark started/);
    expect(why(readyCluster({ ...ENDED, emrId: null }))).toMatch(/ended before Spark started/);
  });

  it('is there of a run that was over before anybody saw it begin', () => {
    const run = runOf(jobOnServerless({ status: 'SUCCESS', readyAt: null, finishedAt: at('06:30:00') }));
    expect(whyNoSparkUi(run.workload, at('06:40:00'))).toBeNull();
  });
});

const world = (present: Parameters<typeof upkeepWorld>[0]) => {
  const held = upkeepWorld(present);
  const { sparkUis, opened } = fakeSparkUis(held.clock);
  return { ...held, sparkUis, opened };
};

describe('opening the Spark UI of a cluster', () => {
  it('makes an address for whoever may see the cluster, recorded without it', async () => {
    const deps = world({ clusters: [readyCluster()] });
    await expect(openClusterSparkUi(deps)({ id: 'c1' }, BOB)).rejects.toThrow(NotFound);
    await deps.grants.put(grantOnCluster(readyCluster(), `user:${BOB.id}`));
    const link = await openClusterSparkUi(deps)({ id: 'c1' }, BOB);
    expect(link).toEqual({
      url: `https://spark-ui.example/${readyCluster().workload.emrId}?token=secret`,
      expiresAt: plusHours(deps.clock.now(), 1),
    });
    const { entries } = deps.audit;
    expect(entries.map(({ actor, action }) => [actor, action])).toEqual([['bob', 'cluster.open-spark-ui']]);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it('says why there is none, and asks AWS for nothing', async () => {
    const deps = world({ clusters: [claimedCluster()] });
    await expect(openClusterSparkUi(deps)({ id: 'c1' }, ALICE)).rejects.toThrow(Conflict);
    expect(deps.opened).toEqual([]);
    expect(deps.audit.entries).toEqual([]);
  });
});

describe('opening the Spark UI of a run', () => {
  it('asks the engine that the run was on', async () => {
    const job = jobOnServerless({ status: 'SUCCESS', readyAt: at('06:10:00'), finishedAt: at('06:30:00') });
    const deps = world({ jobs: [job] });
    await openRunSparkUi(deps)({ identifier: job.identifier, runId: runOf(job).id }, ALICE);
    expect(deps.opened).toEqual([JOB_RUN_EMR_ID]);
  });

  it('says why there is none where the notebook was not executed', async () => {
    const job = finishedJob({}, { reason: { code: NOT_EXECUTED, message: 'Not executed.' } });
    const deps = world({ jobs: [job] });
    const opening = openRunSparkUi(deps)({ identifier: job.identifier, runId: runOf(job).id }, ALICE);
    await expect(opening).rejects.toThrow('There is no Spark UI. Not executed.');
    expect(deps.opened).toEqual([]);
  });
});

describe('opening the Spark UI of a session', () => {
  const opening = (session: Session, status: 'STARTING' | 'IDLE') => {
    const deps = world({ sessions: [session] });
    deps.put('00app/00session', { name: 'atmo-test-session-alice-analysis-0123456789', state: status });
    const look = lookAtSession({ engines: deps.engines, lifecycle: deps.ofSessions, clock: deps.clock });
    return { deps, open: (person = ALICE) => openSessionSparkUi({ ...deps, look })({ id: 's1' }, person) };
  };

  it('makes an address for everybody who may see the session, recorded without it', async () => {
    const { deps, open } = opening(readySession(), 'IDLE');
    await expect(open(BOB)).rejects.toThrow(NotFound);
    await deps.grants.put(grantOnSession(readySession(), `user:${BOB.id}`));
    expect(await open(BOB)).toMatchObject({ url: 'https://spark-ui.example/00app/00session?token=secret' });
    const { entries } = deps.audit;
    expect(entries.map(({ actor, action }) => [actor, action])).toEqual([['bob', 'session.open-spark-ui']]);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it('says that Spark has not started, as EMR has it at the click', async () => {
    const { deps, open } = opening(readySession({ status: 'STARTING', readyAt: null }), 'STARTING');
    await expect(open()).rejects.toThrow(Conflict);
    expect([deps.opened, deps.audit.entries]).toEqual([[], []]);
    deps.put('00app/00session', { name: 'atmo-test-session-alice-analysis-0123456789', state: 'IDLE' });
    deps.clock.advance(1);
    expect(await open()).toMatchObject({ url: expect.stringContaining('00session') as string });
  });

  it('is there after the end of a session', async () => {
    const { open } = opening(readySession({ status: 'TERMINATED', finishedAt: at('06:30:00') }), 'IDLE');
    expect(await open()).toMatchObject({ url: expect.stringContaining('00session') as string });
  });
});
