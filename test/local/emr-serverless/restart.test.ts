import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelJobRunCommand, StartJobRunCommand } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';
import { takeLosses } from '../../../local/data-loss.ts';
import type { JobRunExecutor } from '../../../local/emr-serverless/job-run-executor.ts';
import { announced, jobRunInput, START, startRig } from './rig.ts';

describe('a restart', () => {
  it('keeps what is described, and client tokens', async () => {
    const rig = await startRig();
    const application = await rig.application();
    const input = jobRunInput(application);
    const { jobRunId: id = '' } = await rig.client.send(new StartJobRunCommand(input));
    await rig.advance(10);
    const before = await rig.jobRun(application, id);
    await rig.restart();
    expect(await rig.jobRun(application, id)).toEqual(before);
    expect((await rig.client.send(new StartJobRunCommand(input))).jobRunId).toBe(id);
  });

  it('goes on where job runs were, dated to when each change was due', async () => {
    const rig = await startRig();
    const application = await rig.application();
    const id = await rig.start(application);
    await rig.advance(1.5);
    await rig.service.close();
    rig.clock.setSystemTime(START + 3_600_000);
    await rig.restart();
    await rig.settle();
    expect(await rig.jobRun(application, id)).toMatchObject({
      state: 'SUCCESS',
      startedAt: new Date(START + 4000),
      endedAt: new Date(START + 5000),
    });
    expect(announced(rig, id)).toEqual(['SUBMITTED', 'PENDING', 'SCHEDULED', 'RUNNING', 'SUCCESS']);
    await rig.advance(1);
    expect(await rig.applicationState(application)).toBe('STOPPED');
  });

  it('runs a driver again that it interrupted, and ends what was being cancelled', async () => {
    let begun = 0;
    const executor: JobRunExecutor = {
      run: (_jobRun, { signal }) =>
        new Promise((resolve) => {
          begun += 1;
          signal.addEventListener('abort', () => resolve({ executed: true, exitCode: 143 }));
        }),
    };
    const rig = await startRig({ executor });
    const application = await rig.application();
    const [running, cancelled] = [await rig.start(application), await rig.start(application)];
    await rig.advance(10);
    await rig.client.send(new CancelJobRunCommand({ applicationId: application, jobRunId: cancelled }));
    await rig.restart({ executor });
    await rig.advance(2);
    await rig.settle();
    expect(begun).toBe(3);
    expect((await rig.jobRun(application, running)).state).toBe('RUNNING');
    expect((await rig.jobRun(application, cancelled)).state).toBe('CANCELLED');
  });

  it('sets a damaged file aside and says so', async () => {
    const rig = await startRig();
    const application = await rig.application();
    await rig.start(application);
    await rig.advance(10);
    await rig.service.close();
    const folder = join(rig.directory, 'job-runs');
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), (await readFile(join(folder, name), 'utf8')).slice(0, -5));
    takeLosses();
    await rig.restart();
    expect(rig.service.jobRuns()).toEqual([]);
    expect(takeLosses().join()).toContain('its job run unknown to the local EMR Serverless');
    expect(await readdir(folder)).toEqual([`${name}.damaged`]);
  });
});
