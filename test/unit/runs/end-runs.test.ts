import { describe, expect, it } from 'vitest';

import { terminateRun } from '../../../functions/runs/terminate-run.ts';
import { AwsThrottled, LaunchUncertain } from '../../../shared/domain/errors.ts';
import { ADMIN, ALICE, at, BOB } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const JOB_MAINTAINER = { ...BOB, id: 'sub-mia', groups: ['job-maintainers'] };

describe('terminating a run', () => {
  const input = { identifier: 'daily-report', runId: runOf(runningJob()).id };

  it('records who asked before EMR is asked', async () => {
    const world = jobWorld(runningJob());
    const view = await terminateRun(world)(input, ALICE);
    expect(view).toMatchObject({ status: 'TERMINATING', outcome: null });
    expect(await world.run()).toMatchObject({ termination: { by: 'alice', reason: 'requested', at: at('06:40:00') } });
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
  });

  it('is accepted although EMR does not take it yet', async () => {
    const world = jobWorld(runningJob());
    world.emr.failures.terminate.push(new AwsThrottled('slow down'));
    expect(await terminateRun(world)(input, ADMIN)).toMatchObject({ status: 'RUNNING' });
    expect(await world.run()).toMatchObject({ termination: { by: 'admin' } });
  });

  it('ends at once what EMR was never asked for', async () => {
    const job = claimedJob({}, { launchAttemptedAt: null, taskToken: 'token' });
    const world = jobWorld(job);
    expect(await terminateRun(world)(input, ALICE)).toMatchObject({ status: 'TERMINATED', outcome: 'cancelled' });
    expect(world.emr.calls.terminate).toEqual([]);
    expect(world.workflow.completed).toHaveLength(1);
    expect(await world.runs()).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('waits for the jobflow id where a launch is under way', async () => {
    const world = jobWorld(claimedJob());
    expect(await terminateRun(world)(input, ALICE)).toMatchObject({ status: 'LAUNCHING', outcome: null });
    expect(world.emr.calls.terminate).toEqual([]);
  });

  it('refuses what is over, and what somebody may not do', async () => {
    const over = jobWorld(finishedJob());
    await expect(terminateRun(over)(input, ALICE)).rejects.toMatchObject({ name: 'Conflict' });
    const older = jobWorld(runningJob({}, { id: 'newer' }));
    await older.history.record(runOf(finishedJob()));
    await expect(terminateRun(older)(input, ALICE)).rejects.toMatchObject({ name: 'Conflict' });
    await expect(terminateRun(older)({ ...input, runId: 'none' }, ALICE)).rejects.toMatchObject({ name: 'NotFound' });
    const world = jobWorld(runningJob());
    await expect(terminateRun(world)(input, BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(terminateRun(world)(input, JOB_MAINTAINER)).rejects.toMatchObject({ name: 'Forbidden' });
    expect(world.emr.calls.terminate).toEqual([]);
  });
});

describe('a run whose time is over', () => {
  const { id } = runOf(runningJob());

  it('is recorded and mailed before EMR is asked, once', async () => {
    const world = jobWorld(runningJob());
    world.emr.failures.terminate.push(new AwsThrottled('slow down'));
    await expect(world.timeOutRun(await world.job(), id)).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(world.mailed).toMatchObject([{ kind: 'run-timed-out', values: { runId: id, timeoutHours: 2 } }]);
    expect(await world.run()).toMatchObject({ termination: { by: 'ATMO', reason: 'timedOut' }, status: 'RUNNING' });
    for (const _ of ['again', 'and again']) await world.timeOutRun(await world.job(), id);
    expect(await world.run()).toMatchObject({ status: 'TERMINATING' });
    expect(world.mailed).toHaveLength(1);
    // EMR is asked as long as the run goes on: what it took once may have come to nothing.
    expect(world.emr.calls.terminate).toHaveLength(3);
  });

  it('stays what it is where it ended in time, or somebody ends it already', async () => {
    const termination = { by: 'alice', reason: 'requested', at: at('06:39:00') } as const;
    for (const job of [finishedJob(), runningJob({}, { termination }), runningJob({}, { id: 'newer' })]) {
      const world = jobWorld(job);
      await world.timeOutRun(job, id);
      expect(world.mailed).toEqual([]);
      expect((await world.run()).termination).toEqual(runOf(job).workload.termination);
    }
  });

  it('ends without EMR where no cluster was ever asked for', async () => {
    const world = jobWorld(claimedJob({}, { launchAttemptedAt: null }));
    await world.timeOutRun(await world.job(), id);
    expect(await world.run()).toMatchObject({ status: 'TERMINATED', outcome: 'timedOut' });
    expect(world.emr.calls.terminate).toEqual([]);
  });
});

describe('settling a launch of which EMR has nothing', () => {
  it('launches again under a fresh token', async () => {
    const world = jobWorld(claimedJob());
    await world.relaunchRun(claimedJob());
    expect(await world.run()).toMatchObject({ runToken: 'token-1', emrId: 'j-token-1', number: 1 });
    expect(await world.runs()).toHaveLength(1);
  });

  it('launches once for two sweeps with the same old news', async () => {
    const world = jobWorld(claimedJob());
    world.emr.failures.launch.push(new LaunchUncertain('timeout'));
    await world.relaunchRun(claimedJob());
    await world.relaunchRun(claimedJob());
    expect(world.launches).toHaveLength(1);
  });

  it('leaves alone what EMR was asked for again since the job was read', async () => {
    const stale = claimedJob();
    const world = jobWorld(claimedJob({}, { launchAttemptedAt: at('06:39:50') }));
    await world.relaunchRun(stale);
    expect(world.launches).toEqual([]);
    expect(await world.run()).toMatchObject({ runToken: runOf(stale).workload.runToken });
  });

  it('terminates the cluster of a call that answers after another was made under a fresh token', async () => {
    const world = jobWorld(claimedJob());
    const { write } = world.files.parameters;
    world.files.parameters.write = async (run) => {
      await world.jobs.change('daily-report', () => claimedJob({}, { runToken: 'fresh' }));
      await write(run);
    };
    await world.relaunchRun(claimedJob());
    expect(await world.run()).toMatchObject({ runToken: 'fresh', emrId: null });
    expect(world.emr.calls.terminate).toEqual([['j-token-1']]);
  });

  it('ends what nobody wants any more, and what is too late', async () => {
    const termination = { by: 'alice', reason: 'requested', at: at('06:39:00') } as const;
    const unwanted = jobWorld(claimedJob({}, { termination }));
    await unwanted.relaunchRun(await unwanted.job());
    expect(await unwanted.run()).toMatchObject({ outcome: 'cancelled' });
    expect(unwanted.mailed).toEqual([]);

    const late = jobWorld(claimedJob());
    late.clock.set(at('08:00:00'));
    await late.relaunchRun(await late.job());
    expect(await late.run()).toMatchObject({ outcome: 'missed', reason: { code: 'NOT_STARTED' } });
    expect(late.mailed).toMatchObject([{ kind: 'run-missed' }]);
    expect([...unwanted.launches, ...late.launches]).toEqual([]);
  });

  it('leaves alone what was launched or ended meanwhile', async () => {
    for (const job of [runningJob(), finishedJob(), sparkJob()]) {
      const world = jobWorld(job);
      await world.relaunchRun(job);
      expect(await world.job()).toEqual(job);
    }
  });
});
