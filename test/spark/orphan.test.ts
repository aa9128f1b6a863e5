import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { sparkEnvironment } from '../../local/spark/environment.ts';
import { SCRIPTS } from '../../local/spark/paths.ts';
import { notebookOf } from './notebook.ts';
import { SPARK, startSparkStack, type SparkStack } from './spark-stack.ts';

let stack: SparkStack;
const scratch = mkdtempSync(path.join(tmpdir(), 'atmo-orphan-'));
beforeAll(async () => {
  stack = await startSparkStack();
});
afterAll(async () => {
  await stack.close();
  rmSync(scratch, { recursive: true, force: true });
});

it('stores partial results when the parent process of the run is killed', async () => {
  await stack.put('notebooks', 'endless.ipynb', notebookOf('print("ran")', 'import time\nwhile True: time.sleep(1)'));
  const script = path.join(SCRIPTS, 'steps/run-notebook.sh');
  const options = [
    '--notebook',
    's3://notebooks/endless.ipynb',
    '--results',
    's3://results/job/',
    '--run-id',
    'orphan',
  ];
  const parent = spawn('bash', ['-c', '"$@" & wait', 'bash', script, ...options], {
    env: sparkEnvironment(SPARK, { scratch, eventLogs: scratch }, stack.environment),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: Buffer[] = [];
  const ended = once(parent.stderr, 'end');
  parent.stderr.on('data', (chunk: Buffer) => {
    log.push(chunk);
    if (chunk.toString().includes('Cell 2')) parent.kill('SIGKILL');
  });
  // The script holds the other end of the pipe until it is gone itself.
  await ended;
  expect(await stack.outcome('orphan'), Buffer.concat(log).toString()).toMatchObject({
    status: 'timedOut',
    reason: 'The process that started the run is gone while cell 2 was running.',
  });
  expect((await stack.get('job/latest/notebook.html')).body).toContain('ran');
});
