import { describe, expect, it } from 'vitest';

import { provisionRun } from '../../../functions/run-workflow/provision-run.ts';
import { AwsFailed, AwsThrottled, EmrRefusedLaunch, LaunchUncertain } from '../../../shared/domain/errors.ts';
import { claimedForRun, type SparkJob } from '../../../shared/domain/spark-job.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { withChanges } from '../../fakes/workload.ts';
import { finishedJob, runJobRequest, runningJob, runOf, sparkJob, TERMS } from '../../fakes/spark-job.ts';

const NEXT = at('06:30:00');

const begin = (job: SparkJob) => {
  const world = jobWorld(job);
  return { ...world, provision: provisionRun(world) };
};

describe('provisioning a run', () => {
  it('claims the occurrence, launches with the job’s settings and records the jobflow id', async () => {
    const { provision, run, launches, files, runs, network, groupsOfRuns } = begin(sparkJob());
    const answer = await provision({ request: runJobRequest(), executionId: 'e1' });
    expect(await run()).toMatchObject({
      number: 1,
      occurrence: at('06:00:00'),
      runToken: 'token-1',
      claimedBy: 'e1',
      status: 'STARTING',
      emrId: 'j-token-1',
      size: 3,
      rate: { hourly: 0.96, parts: { ec2: 0.768, emr: 0.192 } },
      parameters: { country: 'DE' },
      scheduledAt: at('06:40:00'),
    });
    expect(answer).toEqual({ result: 'launched', runId: (await run()).id, timeoutSeconds: 7200, waitSeconds: 0 });
    expect(launches).toHaveLength(1);
    expect(groupsOfRuns).toEqual([await network.groupsOf((await run()).ownerId, 'job')]);
    expect(files.written.get(answer.runId)).toEqual({ country: 'DE' });
    expect(await runs()).toEqual([await run()]);
  });

  it('waits for its turn with a claim on record, takes one slot however often it is asked, and then launches once', async () => {
    const world = begin(sparkJob());
    const { provision, launchSlots, launches, run, runs, clock } = world;
    for (let count = 0; count < 20; count += 1) await launchSlots.take('run');
    const input = { request: runJobRequest(), executionId: 'e1' };
    const waiting = await provision(input);
    expect(waiting).toMatchObject({ result: 'waiting', waitSeconds: 28 });
    const claim = { status: 'LAUNCHING', launchAttemptedAt: null, launchDueAt: at('06:40:27').replace('.000', '.430') };
    expect(await run()).toMatchObject(claim);
    expect(await runs()).toMatchObject([claim]);
    clock.advance(0.25);
    expect(await provision(input)).toMatchObject({ result: 'waiting', waitSeconds: 13 });
    expect(await provision({ ...input, executionId: 'e2' })).toMatchObject({ result: 'alreadyStarted' });
    expect(launches).toEqual([]);
    clock.advance(13 / 60);
    expect(await provision(input)).toMatchObject({ result: 'launched', runId: waiting.runId, waitSeconds: 0 });
    expect(launches).toHaveLength(1);
    // One slot each for the twenty and for the run.
    expect(Date.parse(await launchSlots.take('run')) - Date.parse(at('06:40:00'))).toBe(14 * 2110);
  });

  it('launches nothing where the network of its owner fails, and is tried again', async () => {
    const { provision, network, launches, files, run } = begin(sparkJob());
    network.failures.push(new AwsFailed('EC2 is down'));
    const input = { request: runJobRequest(), executionId: 'e1' };
    await expect(provision(input)).rejects.toMatchObject({ message: 'EC2 is down' });
    expect(launches).toEqual([]);
    expect(files.written.size).toBe(0);
    expect(await provision(input)).toMatchObject({ result: 'launched' });
    expect(await run()).toMatchObject({ status: 'STARTING' });
  });

  it('launches with the settings of its claim, also where its turn comes after a change', async () => {
    const world = begin(sparkJob());
    world.changeSettings({ version: 3, coreInstanceType: 'm7g.4xlarge' });
    for (let count = 0; count < 20; count += 1) await world.launchSlots.take('run');
    const input = { request: runJobRequest(), executionId: 'e1' };
    await world.provision(input);
    world.changeSettings({ version: 4, coreInstanceType: 'm7g.xlarge' });
    world.clock.advance(1);
    expect(await world.provision(input)).toMatchObject({ result: 'launched' });
    expect(world.launches.map(({ workload }) => workload.launchSettings)).toMatchObject([
      { settingsVersion: 3, coreInstanceType: 'm7g.4xlarge' },
    ]);
  });

  it('records an occurrence as missed while launches are paused, once, with the reason and a mail', async () => {
    const world = begin(sparkJob());
    world.launchPause.pause('Costs too much');
    const input = { request: runJobRequest(), executionId: 'e1' };
    expect(await world.provision(input)).toMatchObject({ result: 'alreadyStarted', runId: '' });
    await world.provision({ ...input, executionId: 'e2' });
    const reason = { code: 'LAUNCHES_PAUSED', message: 'Administrators had paused all launches: Costs too much' };
    expect(await world.runs()).toMatchObject([{ outcome: 'missed', occurrence: at('06:00:00'), reason, number: 1 }]);
    expect(world.mailed).toMatchObject([{ kind: 'run-missed', values: { reason } }]);
    expect(world.launches).toEqual([]);
    // It stays missed: the next occurrence is the next to run.
    world.launchPause.resume();
    expect(await world.provision(input)).toMatchObject({ result: 'alreadyStarted' });
    const next = { request: runJobRequest({ occurrence: NEXT }), executionId: 'e3' };
    expect(await world.provision(next)).toMatchObject({ result: 'launched' });
  });

  it('waits on with a claim while launches are paused, until its time is over', async () => {
    const world = begin(sparkJob());
    for (let count = 0; count < 20; count += 1) await world.launchSlots.take('run');
    const input = { request: runJobRequest(), executionId: 'e1' };
    await world.provision(input);
    world.launchPause.pause('Maintenance');
    world.clock.advance(1);
    expect(await world.provision(input)).toMatchObject({ result: 'waiting', waitSeconds: 300 });
    expect(world.launches).toEqual([]);
    world.clock.advance(120);
    expect(await world.provision(input)).toMatchObject({ result: 'refused' });
    expect(await world.run()).toMatchObject({ outcome: 'missed', reason: { code: 'NOT_STARTED' } });
  });

  it('waits on where launches are paused between its claim and the call', async () => {
    const world = begin(sparkJob());
    const { current } = world.launchPause;
    const input = { request: runJobRequest(), executionId: 'e1' };
    world.launchPause.pause('Just now');
    const late = provisionRun({ ...world, launchPause: { current: async () => ({ isPaused: false, reason: null }) } });
    expect(await late(input)).toMatchObject({ result: 'waiting', waitSeconds: 300 });
    expect(await world.run()).toMatchObject({ launchAttemptedAt: null, outcome: null });
    expect(await current()).toMatchObject({ isPaused: true });
    world.launchPause.resume();
    expect(await world.provision(input)).toMatchObject({ result: 'launched' });
    expect(world.launches).toHaveLength(1);
  });

  it('starts one run for two deliveries of one occurrence', async () => {
    const { provision, launches, run } = begin(sparkJob());
    await provision({ request: runJobRequest(), executionId: 'e1' });
    const second = await provision({ request: runJobRequest({ trigger: 'firstRun' }), executionId: 'e2' });
    expect(second).toMatchObject({ result: 'alreadyStarted', runId: (await run()).id });
    expect(launches).toHaveLength(1);
  });

  it('starts nothing for a second delivery after the run has ended', async () => {
    const { provision, launches, runs } = begin(finishedJob());
    expect(await provision({ request: runJobRequest(), executionId: 'e2' })).toMatchObject({
      result: 'alreadyStarted',
    });
    expect(launches).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  it('writes the end of the run that it replaces to the history first, where a crash kept it from there', async () => {
    const { provision, runs } = begin(finishedJob());
    await provision({ request: runJobRequest({ trigger: 'schedule', occurrence: NEXT }), executionId: 'e1' });
    expect(await runs()).toMatchObject([{ occurrence: NEXT }, { number: 1, outcome: 'succeeded' }]);
  });

  it('says when it is throttled and goes on with the same claim and token', async () => {
    const { provision, emr, launches, run } = begin(sparkJob());
    emr.failures.launch.push(new AwsThrottled('slow down'));
    const input = { request: runJobRequest(), executionId: 'e1' };
    await expect(provision(input)).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await run()).toMatchObject({ status: 'LAUNCHING', launchAttemptedAt: null, claimedBy: 'e1' });
    expect(await provision(input)).toMatchObject({ result: 'launched' });
    expect(launches.map(({ workload }) => workload.runToken)).toEqual(['token-1', 'token-1']);
    expect(await run()).toMatchObject({ number: 1, emrId: 'j-token-1' });
  });

  it('launches nothing once the time of its claim is over, and tells its owner', async () => {
    const { provision, emr, launches, run, clock, job } = begin(sparkJob());
    emr.failures.launch.push(new AwsThrottled('slow down'));
    const input = { request: runJobRequest(), executionId: 'e1' };
    await expect(provision(input)).rejects.toMatchObject({ name: 'AwsThrottled' });
    clock.set(at('08:40:00'));
    expect(await provision(input)).toMatchObject({ result: 'refused' });
    expect(await run()).toMatchObject({ outcome: 'missed', reason: { code: 'NOT_STARTED' } });
    expect((await job()).outbox).toMatchObject([{ kind: 'run-missed' }]);
    expect(launches).toHaveLength(1);
  });

  it('launches nothing where the parameters cannot be written, and may be tried again', async () => {
    const { provision, files, launches } = begin(sparkJob());
    files.errors.push(new AwsFailed('S3 failed'));
    const input = { request: runJobRequest(), executionId: 'e1' };
    await expect(provision(input)).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(launches).toEqual([]);
    expect(await provision(input)).toMatchObject({ result: 'launched' });
  });

  it('never launches twice where it is uncertain whether EMR launched', async () => {
    const { provision, emr, launches, run } = begin(sparkJob());
    emr.failures.launch.push(new LaunchUncertain('timeout'));
    const input = { request: runJobRequest(), executionId: 'e1' };
    expect(await provision(input)).toMatchObject({ result: 'launched' });
    expect(await run()).toMatchObject({ status: 'LAUNCHING', emrId: null });
    expect(await provision(input)).toMatchObject({ result: 'launched' });
    expect(launches).toHaveLength(1);
  });

  it('does not launch again when retried after a crash that left the attempt open', async () => {
    const crashed = claimedForRun(
      sparkJob(),
      { ...runJobRequest(), runToken: 'old-token', claimedBy: 'e1' },
      TERMS,
      at('06:39:00'),
    );
    const { provision, launches } = begin(crashed);
    expect(await provision({ request: runJobRequest(), executionId: 'e1' })).toMatchObject({ result: 'launched' });
    expect(launches).toEqual([]);
  });

  it('records a refusal as a failure with its reason, and mails it', async () => {
    const { provision, emr, run, runs, mailed } = begin(sparkJob());
    emr.failures.launch.push(new EmrRefusedLaunch('no such release'));
    const input = { request: runJobRequest(), executionId: 'e1' };
    expect(await provision(input)).toMatchObject({ result: 'refused' });
    expect(await run()).toMatchObject({
      status: 'TERMINATED_WITH_ERRORS',
      outcome: 'failed',
      reason: { code: 'VALIDATION_ERROR', message: 'no such release' },
      finishedAt: at('06:40:00'),
    });
    expect(await runs()).toMatchObject([{ outcome: 'failed' }]);
    expect(mailed).toMatchObject([{ kind: 'run-failed', to: 'alice@example.com' }]);
    expect(await provision(input)).toMatchObject({ result: 'refused' });
    expect(mailed).toHaveLength(1);
  });

  it('waits for its turn while another occurrence’s run goes on', async () => {
    const { provision, launches } = begin(runningJob());
    const request = runJobRequest({ occurrence: NEXT });
    await expect(provision({ request, executionId: 'e2' })).rejects.toMatchObject({ name: 'StaleWrite' });
    expect(launches).toEqual([]);
  });

  it('records an occurrence that a later one overtook as missed, once, with a mail', async () => {
    const later = finishedJob({ lastOccurrence: NEXT }, { occurrence: NEXT });
    const { provision, runs, mailed, run } = begin(later);
    const input = { request: runJobRequest({ occurrence: at('06:10:00') }), executionId: 'e1' };
    expect(await provision(input)).toEqual({ result: 'alreadyStarted', runId: '', timeoutSeconds: 60, waitSeconds: 0 });
    expect(await runs()).toMatchObject([
      { emrId: null, outcome: 'missed', occurrence: at('06:10:00'), reason: { code: 'SUPERSEDED' } },
    ]);
    await provision(input);
    expect(mailed).toMatchObject([{ kind: 'run-missed' }]);
    expect((await run()).occurrence).toBe(NEXT);
  });

  it('goes on with the claim of a manual run, and with nothing where it was taken back', async () => {
    const request = runJobRequest({ trigger: 'manual', occurrence: at('06:39:00'), parameters: { country: 'FR' } });
    const job = claimedForRun(
      finishedJob(),
      { ...request, runToken: 'manual-token', claimedBy: null },
      TERMS,
      at('06:39:00'),
    );
    const claimed = begin(job);
    expect(await claimed.provision({ request, executionId: 'e1' })).toMatchObject({ result: 'launched' });
    expect(await claimed.run()).toMatchObject({ id: runOf(job).id, claimedBy: 'e1', parameters: { country: 'FR' } });

    const takenBack = begin(finishedJob());
    expect(await takenBack.provision({ request, executionId: 'e1' })).toMatchObject({ result: 'alreadyStarted' });
    expect(takenBack.launches).toEqual([]);
    expect(await takenBack.runs()).toEqual([]);
  });

  it('knows no job that was deleted, nor a later one of the same name', async () => {
    const { provision } = begin(sparkJob({ id: 'job-2' }));
    for (const identifier of ['daily-report', 'gone'])
      await expect(provision({ request: runJobRequest({ identifier }), executionId: 'e1' })).rejects.toMatchObject({
        name: 'NotFound',
      });
  });

  it('ends the cluster of a job that was deleted while EMR was asked', async () => {
    const world = begin(sparkJob());
    const { change } = world.jobs;
    world.jobs.change = async (identifier, apply) => {
      const changed = await change(identifier, apply);
      if (changed.latestRun === null || changed.latestRun.workload.emrId === null) return changed;
      await world.jobs.delete(changed);
      return change(identifier, apply);
    };
    const provision = provisionRun(world);
    await expect(provision({ request: runJobRequest(), executionId: 'e1' })).rejects.toMatchObject({
      name: 'NotFound',
    });
    expect(world.emr.calls.terminate).toEqual([['j-token-1']]);
  });

  it('ends at once what somebody no longer wants when EMR has launched it', async () => {
    const { provision, emr, run, jobs } = begin(sparkJob());
    const { change } = jobs;
    let isAsked = false;
    jobs.change = async (identifier, apply) => {
      const changed = await change(identifier, apply);
      if (isAsked || changed.latestRun === null) return changed;
      isAsked = true;
      const termination = { by: 'alice', reason: 'requested', at: at('06:40:00') } as const;
      await change(identifier, (job) => ({ ...job, latestRun: withChanges(runOf(job), { termination }) }));
      return changed;
    };
    await provision({ request: runJobRequest(), executionId: 'e1' });
    expect(emr.calls.terminate).toEqual([['j-token-1']]);
    expect(await run()).toMatchObject({ status: 'TERMINATING', emrId: 'j-token-1' });
  });
});
