import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { cellWith, notebookOf, printed } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

const ENDLESS = notebookOf(
  'import os\nprint("this cell ran", os.getpid())',
  'import time\nopen("half done.txt", "w").write("so far")\nprint("the endless cell began", flush=True)\nwhile True:\n    time.sleep(1)',
  'print("never")',
);

// Catches the interrupt, as careless code does, and goes on.
const STUBBORN = notebookOf(
  'import time\nprint("begun", flush=True)\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        print("ignored", flush=True)',
  'print("never")',
);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a notebook that never ends', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it('is saved after every cell, and stopped at its time limit with all that it had', async () => {
    let savedMeanwhile = '';
    const readMeanwhile = async (): Promise<void> => {
      savedMeanwhile = (await stack.get('job/runs/endless/notebook.ipynb')).body;
    };
    const run = await stack.run({
      runId: 'endless',
      notebook: ENDLESS,
      timeoutAt: inSeconds(40),
      onOutput: (text) => {
        // The second cell begins, and never ends: the first must be in S3 by now.
        if (text.includes('Cell 2 begins')) setTimeout(() => void readMeanwhile(), 3000);
      },
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 124 });
    expect(printed(cellWith(savedMeanwhile, 'this cell ran'))).toMatch(/^this cell ran \d+\n$/);

    const outcome = await stack.outcome('endless');
    expect(outcome).toMatchObject({
      status: 'timedOut',
      reason: 'The time limit was reached while cell 2 was running.',
      failure: { cell: 2, errorName: 'KeyboardInterrupt' },
    });
    const { body } = await stack.get('job/runs/endless/notebook.ipynb');
    expect(printed(cellWith(body, 'this cell ran'))).toMatch(/^this cell ran \d+\n$/);
    expect(printed(cellWith(body, 'the endless cell began'))).toContain('the endless cell began\n');
    expect(cellWith(body, 'print("never")')?.outputs).toEqual([]);
    expect((await stack.get('job/latest/notebook.html')).body).toContain('this cell ran');
    expect((await stack.get('job/latest/files/half done.txt')).body).toBe('so far');

    const kernel = Number(/this cell ran (\d+)/.exec(body)?.[1]);
    expect(isAlive(kernel)).toBe(false);
  });

  it('is stopped even when it does not listen', async () => {
    const run = await stack.run({ runId: 'stubborn', notebook: STUBBORN, timeoutAt: inSeconds(30) });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 124 });
    const outcome = await stack.outcome('stubborn');
    expect(outcome).toMatchObject({
      status: 'timedOut',
      failure: {
        cell: 1,
        errorName: 'Stopped',
        errorValue: 'The time limit was reached; the cell did not react to being interrupted.',
      },
    });
    expect(printed(cellWith((await stack.get('job/runs/stubborn/notebook.ipynb')).body, 'begun'))).toContain('ignored');
  });

  it('stores what there is when the run is terminated from outside', async () => {
    const termination = new AbortController();
    const run = await stack.run({
      runId: 'terminated',
      notebook: ENDLESS,
      signal: termination.signal,
      onOutput: (text) => {
        if (text.includes('Cell 2 begins')) setTimeout(() => termination.abort(), 2000);
      },
    });
    expect(run.executed).toBe(true);
    expect(await stack.outcome('terminated')).toMatchObject({
      status: 'timedOut',
      reason: 'The run was terminated from outside while cell 2 was running.',
      failure: { cell: 2 },
    });
    const { body } = await stack.get('job/runs/terminated/notebook.ipynb');
    expect(printed(cellWith(body, 'this cell ran'))).toMatch(/this cell ran \d+\n/);
    expect(isAlive(Number(/this cell ran (\d+)/.exec(body)?.[1]))).toBe(false);
  });

  it("goes by the portal's clock where that is ahead of the machine's", async () => {
    const nextWeek = Date.now() + 7 * 86_400_000;
    vi.useFakeTimers({ toFake: ['Date'], now: nextWeek, shouldAdvanceTime: true });
    try {
      // By the machine's clock both limits are a week away.
      const passed = await stack.run({ runId: 'passed', notebook: notebookOf('1'), timeoutAt: inSeconds(-60) });
      expect(passed, passed.output).toMatchObject({ executed: true, exitCode: 124 });
      const inTime = await stack.run({ runId: 'in-time', notebook: notebookOf('1'), timeoutAt: inSeconds(600) });
      expect(inTime, inTime.output).toMatchObject({ executed: true, exitCode: 0 });
      const { startedAt } = await stack.outcome('in-time');
      expect(Math.abs(Date.parse(startedAt) - nextWeek)).toBeLessThan(60_000);
    } finally {
      vi.useRealTimers();
    }
  });
});
