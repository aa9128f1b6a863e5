import { StartJobRunCommand, TerminateSessionCommand } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';

import { emrServerlessSparkUi } from '../../functions/adapters/emr-serverless-spark-ui.ts';
import { emrSparkUi } from '../../functions/adapters/emr-spark-ui.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import type { PresignSparkUi } from '../../local/emulation/presigned-spark-ui.ts';
import { AwsThrottled } from '../../shared/domain/errors.ts';
import { plusHours, plusMinutes } from '../../shared/domain/instant.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import { readyCluster } from '../fakes/cluster.ts';
import { fakeClaimedResources } from '../fakes/fake-claimed-resources.ts';
import { jobRunInput, startRig as startServerlessRig } from '../local/emr-serverless/rig.ts';
import { startRig } from '../local/emr/rig.ts';

const presignSparkUi: PresignSparkUi = ({ id }) => ({ url: `http://localhost:1/ui/${id}/?token=t` });

const reasonOf = (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'opened',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );

describe('the Spark UI of an EMR cluster', () => {
  const begin = async (presign: PresignSparkUi = presignSparkUi) => {
    const rig = await startRig(undefined, { presignSparkUi: presign });
    let tokens = 0;
    const ui = emrSparkUi({
      claims: fakeClaimedResources(),
      client: rig.client,
      clock: systemClock,
      newToken: () => `token-${(tokens += 1)}`,
    });
    const emrId = await rig.launch();
    await rig.advance(600);
    const workload = (status: Workload['status']): Workload => ({ ...readyCluster().workload, emrId, status });
    const terminated = async (): Promise<Workload> => {
      await rig.terminate(emrId);
      await rig.advance(600);
      return workload('TERMINATED');
    };
    const made = (): number => rig.emr.calls().CreatePersistentAppUI ?? 0;
    return { rig, ui, emrId, workload, terminated, made };
  };
  const PREPARED = /^Conflict: EMR is preparing the Spark UI/;

  it('is on the cluster while that runs', async () => {
    const { ui, emrId, workload, made } = await begin();
    const { url, expiresAt } = await ui.linkTo(workload('WAITING'));
    expect(url).toBe(`http://localhost:1/ui/${emrId}/?token=t`);
    expect(expiresAt).toBe(plusMinutes(systemClock.now(), 5));
    expect(made()).toBe(0);
  });

  it('is made at the first click after the end, once, and opened when EMR has it ready', async () => {
    const { rig, ui, emrId, terminated, made } = await begin();
    const workload = await terminated();
    expect(await Promise.all([ui, ui].map((one) => reasonOf(one.linkTo(workload))))).toEqual([
      expect.stringMatching(PREPARED),
      expect.stringMatching(PREPARED),
    ]);
    expect(made()).toBe(1);
    await rig.advance(60);
    expect((await ui.linkTo(workload)).url).toBe(`http://localhost:1/ui/${emrId}/?token=t`);
    expect(made()).toBe(1);
  });

  it('is made again where the call that made it failed, with EMR’s reason each time', async () => {
    const { rig, ui, terminated, made } = await begin();
    const workload = await terminated();
    rig.emr.control({ errorNext: { CreatePersistentAppUI: 1 } });
    expect(await reasonOf(ui.linkTo(workload))).toMatch(/^AwsFailed/);
    expect(await reasonOf(ui.linkTo(workload))).toMatch(PREPARED);
    await rig.advance(60);
    expect(await reasonOf(ui.linkTo(workload))).toBe('opened');
    expect(made()).toBe(2);
  });

  it('is not made where the account has as many as EMR allows', async () => {
    const { rig, ui, emrId, terminated } = await begin();
    const workload = await terminated();
    await rig.fillPersistentUis(emrId, 200);
    for (let click = 0; click < 2; click += 1)
      expect(await reasonOf(ui.linkTo(workload))).toMatch(/as many Spark UIs as EMR allows at once/);
  });

  it('is gone with its event logs, in EMR’s words', async () => {
    const { rig, ui, terminated } = await begin();
    const workload = await terminated();
    await reasonOf(ui.linkTo(workload));
    await rig.advance(31 * 24 * 3600);
    expect(await reasonOf(ui.linkTo(workload))).toMatch(/event logs .* are no longer available/);
  });

  it('is refused with the remedy where no Spark is installed', async () => {
    const { ui, workload } = await begin(() => ({ reason: 'no Spark here (npm run spark:install)' }));
    expect(await reasonOf(ui.linkTo(workload('WAITING')))).toBe(
      'Conflict: EMR has no Spark UI of it: no Spark here (npm run spark:install)',
    );
  });
});

describe('the Spark UI of a job run on EMR Serverless', () => {
  const begin = async () => {
    const rig = await startServerlessRig({}, presignSparkUi);
    const applicationId = await rig.application();
    const { jobRunId = '' } = await rig.client.send(new StartJobRunCommand(jobRunInput(applicationId)));
    const ui = emrServerlessSparkUi({ clock: systemClock, client: rig.client });
    const workload: Workload = {
      ...readyCluster().workload,
      engine: 'serverless',
      emrId: `${applicationId}/${jobRunId}`,
      status: 'RUNNING',
    };
    return { rig, ui, workload, jobRunId };
  };

  it('is its dashboard, for an hour, from when the driver has started', async () => {
    const { rig, ui, workload, jobRunId } = await begin();
    expect(await reasonOf(ui.linkTo(workload))).toMatch(/no Spark UI of it yet/);
    await rig.advance(600);
    const { url, expiresAt } = await ui.linkTo(workload);
    expect(url).toBe(`http://localhost:1/ui/${jobRunId}/?token=t`);
    expect(expiresAt).toBe(plusHours(systemClock.now(), 1));
  });

  it('is none of a job run that is gone, and waits where EMR Serverless is busy', async () => {
    const { rig, ui, workload } = await begin();
    expect(await reasonOf(ui.linkTo({ ...workload, emrId: '00nothing/00nothing' }))).toMatch(
      /^Conflict: .*does not exist/,
    );
    rig.service.control({ throttle: { GetDashboardForJobRun: 1 } });
    await expect(ui.linkTo(workload)).rejects.toThrow(AwsThrottled);
  });
});

describe('the Spark UI of a session', () => {
  it('is its dashboard, for an hour, from when Spark listens until after its end', async () => {
    const rig = await startServerlessRig({}, presignSparkUi);
    const applicationId = await rig.interactive();
    const sessionId = await rig.startSession(applicationId);
    const ui = emrServerlessSparkUi({ clock: systemClock, client: rig.client });
    const workload: Workload = {
      ...readyCluster().workload,
      engine: 'connect',
      emrId: `${applicationId}/${sessionId}`,
      status: 'IDLE',
    };
    expect(await reasonOf(ui.linkTo(workload))).toMatch(/no Spark UI of it yet/);
    await rig.advance(600);
    const { url, expiresAt } = await ui.linkTo(workload);
    expect(url).toBe(`http://localhost:1/ui/${sessionId}/?token=t`);
    expect(expiresAt).toBe(plusHours(systemClock.now(), 1));
    await rig.client.send(new TerminateSessionCommand({ applicationId, sessionId }));
    await rig.advance(60);
    expect(await reasonOf(ui.linkTo(workload))).toBe('opened');
    expect(await reasonOf(ui.linkTo({ ...workload, emrId: `${applicationId}/00nothing` }))).toMatch(
      /^Conflict: .*does not exist/,
    );
  });
});
