import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { takeLosses } from '../../../local/data-loss.ts';
import { startLocalEmr } from '../../../local/emr/server.ts';
import type { StepExecutor } from '../../../local/emr/step-executor.ts';
import { heldExecutor, lastOf } from './executors.ts';
import { announced, jobInput, START, startRig, step, type Rig } from './rig.ts';

const startAgain = async (rig: Rig): Promise<unknown> => {
  try {
    const emr = await startLocalEmr({
      port: 0,
      dataDirectory: rig.directory,
      publish: () => undefined,
      writeLog: async () => undefined,
      region: 'us-west-2',
      accountId: '123456789012',
    });
    await emr.close();
    return null;
  } catch (error) {
    return error;
  }
};

describe('a restart', () => {
  it('keeps everything that DescribeCluster and ListSteps say', async () => {
    const rig = await startRig();
    const id = await rig.launch({ Steps: [step('setup')], AutoTerminationPolicy: { IdleTimeout: 3600 } });
    await rig.advance(10);
    const [cluster, steps] = [await rig.describe(id), await rig.steps(id)];
    await rig.restart();
    expect(await rig.describe(id)).toEqual(cluster);
    expect(await rig.steps(id)).toEqual(steps);
  });

  it('goes on where clusters were, and dates what was missed to when it was due, in order', async () => {
    const rig = await startRig();
    const first = await rig.launch(jobInput(step('notebook')));
    await rig.advance(1.5);
    const second = await rig.launch();
    await rig.emr.close();
    rig.clock.setSystemTime(START + 3600_000);
    rig.events.length = 0;
    await rig.restart();
    // All within the start: no timer had to fire.
    expect((await rig.describe(first)).Status?.Timeline).toEqual({
      CreationDateTime: new Date(START),
      ReadyDateTime: new Date(START + 4000),
      EndDateTime: new Date(START + 6000),
    });
    expect((await rig.describe(second)).Status?.Timeline?.ReadyDateTime).toEqual(new Date(START + 5500));
    expect(rig.events.map(({ time, detail }) => [time.slice(-3), detail['clusterId'], detail['state']])).toEqual([
      ['04Z', first, 'RUNNING'],
      ['04Z', first, 'RUNNING'],
      ['05Z', first, 'COMPLETED'],
      ['05Z', second, 'WAITING'],
      ['06Z', first, 'TERMINATED'],
    ]);
  });

  it('runs a step again that was being executed', async () => {
    const before = heldExecutor();
    const rig = await startRig(before.executor);
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(10);
    const after = heldExecutor();
    await rig.restart(after.executor);
    expect(lastOf(before.executions).surroundings.signal.aborted).toBe(true);
    expect((await rig.steps(id))[0]?.Status).toMatchObject({
      State: 'RUNNING',
      Timeline: { StartDateTime: new Date(START + 4000) },
    });
    expect(lastOf(after.executions).step.id).toBe(lastOf(before.executions).step.id);
    lastOf(after.executions).end({ executed: true, exitCode: 0 });
    await rig.settle();
    await rig.advance(1);
    expect((await rig.describe(id)).Status?.State).toBe('TERMINATED');
    expect(announced(rig, 'EMR Step Status Change')).toEqual(['PENDING', 'RUNNING', 'COMPLETED']);
  });

  it('does not ask the executor again about a step that it declined', async () => {
    let asked = 0;
    const declining: StepExecutor = {
      run: async () => {
        asked += 1;
        return { executed: false, reason: 'no Spark' };
      },
    };
    const rig = await startRig(declining);
    rig.emr.control({ stepSeconds: 60 });
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(3);
    // Earlier writes are over, so that the step's start is written before the executor has declined.
    await rig.settle();
    await rig.advance(7);
    await rig.restart(declining);
    await rig.advance(54);
    const [declined] = await rig.steps(id);
    expect(declined?.Status).toMatchObject({ State: 'COMPLETED', Timeline: { EndDateTime: new Date(START + 64_000) } });
    expect(asked).toBe(1);
  });

  it('finishes the end of a cluster whose process was not gone yet', async () => {
    const { executor, executions } = heldExecutor(false);
    const rig = await startRig(executor);
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(10);
    await rig.client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    await rig.advance(5);
    const restarted = rig.restart();
    lastOf(executions).end({ executed: true, exitCode: 143 });
    await restarted;
    await rig.advance(1);
    expect((await rig.describe(id)).Status?.State).toBe('TERMINATED');
  });

  it('finds every cluster whose id was given, even after a crash', async () => {
    const rig = await startRig();
    const ids = await Promise.all([rig.launch(), rig.launch(), rig.launch()]);
    const kept = await readdir(join(rig.directory, 'clusters'));
    expect(kept.toSorted()).toEqual(ids.map((id) => `${id}.json`).toSorted());
  });

  it('keeps the order of lists going', async () => {
    const rig = await startRig();
    const first = await rig.launch();
    await rig.restart();
    const second = await rig.launch();
    expect(rig.emr.clusters().map(({ id }) => id)).toEqual([second, first]);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 100)],
    ['of another shape', () => '{"id": "j-1"}'],
  ])('knows nothing of a cluster whose file is %s, says so, and keeps the file', async (_how, damage) => {
    const rig = await startRig();
    const [id, other] = [await rig.launch(), await rig.launch()];
    await rig.emr.close();
    const file = join(rig.directory, 'clusters', `${id}.json`);
    const damaged = damage(await readFile(file, 'utf8'));
    await writeFile(file, damaged);
    takeLosses();
    await rig.restart();
    expect(rig.emr.clusters().map((cluster) => cluster.id)).toEqual([other]);
    expect(takeLosses()).toEqual([expect.stringMatching(`^${file} is damaged \\(.+\\), .+ ${file}.damaged$`)]);
    expect(await readFile(`${file}.damaged`, 'utf8')).toBe(damaged);
  });

  it('ignores a file that a crash left half written', async () => {
    const rig = await startRig();
    const id = await rig.launch();
    await rig.emr.close();
    await writeFile(join(rig.directory, 'clusters', `${id}.json.new`), '{"id"');
    expect(await startAgain(rig)).toBeNull();
    expect(await readdir(join(rig.directory, 'clusters'))).toEqual([`${id}.json`]);
  });
});
