import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { cellWith, notebookOf, printed } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

const GROUP = path.join('/sys/fs/cgroup/memory', `atmo-test-${process.pid}`);

/** A control group with this much memory; null where this machine lets nobody make one. */
const smallGroup = (): string | null => {
  try {
    if (!existsSync('/sys/fs/cgroup/memory')) return null;
    mkdirSync(GROUP);
    writeFileSync(path.join(GROUP, 'memory.limit_in_bytes'), String(300 * 1024 * 1024));
    return path.join(GROUP, 'cgroup.procs');
  } catch {
    return null;
  }
};

describe('a kernel that takes more memory than there is', () => {
  let stack: SparkStack;
  let processes: string | null;
  beforeAll(async () => {
    stack = await startSparkStack();
    processes = smallGroup();
  });
  afterAll(async () => {
    await stack.close();
    if (existsSync(GROUP)) rmdirSync(GROUP);
  });

  it('is a failure of the cell that it died in', async () => {
    // Where no control group can be made, the kernel gets the signal that the machine would send.
    const takeTooMuch =
      processes === null
        ? 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)'
        : `import os\nopen(${JSON.stringify(processes)}, "w").write(str(os.getpid()))\nhog = [bytearray(os.urandom(1 << 20)) for _ in range(600)]`;
    const run = await stack.run({
      runId: 'memory',
      notebook: notebookOf('print("this cell ran")', takeTooMuch, 'print("never")'),
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });

    expect(await stack.outcome('memory')).toMatchObject({
      status: 'failed',
      failure: {
        cell: 2,
        source: takeTooMuch,
        errorName: 'KernelDied',
        errorValue: 'The kernel was killed (signal 9), most probably because the machine ran out of memory.',
      },
    });
    const { body } = await stack.get('job/runs/memory/notebook.ipynb');
    expect(printed(cellWith(body, 'this cell ran'))).toBe('this cell ran\n');
    expect(cellWith(body, takeTooMuch.split('\n')[1] ?? '')?.outputs?.map(({ ename }) => ename)).toEqual([
      'KernelDied',
    ]);
    expect((await stack.get('job/latest/notebook.html')).body).toContain('ran out of memory');
    if (processes !== null) {
      expect(readFileSync(path.join(GROUP, 'memory.oom_control'), 'utf8')).toMatch(/oom_kill [1-9]/);
    }
  });
});
