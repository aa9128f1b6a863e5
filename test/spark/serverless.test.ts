import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { cellWith, notebookOf, printed } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

describe('a notebook in the driver of a job run on EMR Serverless', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it('fails with the failing cell, and keeps what there is', async () => {
    const notebook = notebookOf('print(spark.range(3).count())', 'raise ValueError("no visits")', 'print("never")');
    const run = await stack.run({ engine: 'serverless', runId: 'failing', notebook });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    expect(await stack.outcome('failing')).toMatchObject({
      status: 'failed',
      failure: { cell: 2, errorName: 'ValueError', errorValue: 'no visits' },
    });
    const { body } = await stack.get('job/runs/failing/notebook.ipynb');
    expect(printed(cellWith(body, 'range(3)'))).toBe('3\n');
  });

  it('stores its outcome and its files when the job run is cancelled', async () => {
    const stop = new AbortController();
    const notebook = notebookOf(
      'open("kept.txt", "w").write("kept")\nprint(spark.range(3).count())',
      'import time\nprint("busy", flush=True)\ntime.sleep(600)',
    );
    const run = await stack.run({
      engine: 'serverless',
      runId: 'cancelled',
      notebook,
      signal: stop.signal,
      onOutput: (text) => {
        if (/ busy$/m.test(text)) stop.abort();
      },
    });
    expect(run.executed && run.exitCode, run.output).not.toBe(0);
    expect(await stack.outcome('cancelled')).toMatchObject({
      status: 'timedOut',
      reason: 'The run was terminated from outside while cell 2 was running.',
    });
    expect((await stack.get('job/runs/cancelled/files/kept.txt')).body).toBe('kept');
  });

  it('does not execute a Zeppelin note', async () => {
    const note = JSON.stringify({ name: 'n', paragraphs: [{ text: '%pyspark\nprint(1)' }] });
    const run = await stack.run({ engine: 'serverless', runId: 'note', notebook: note, key: 'jobs/note/note.json' });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    expect(await stack.outcome('note')).toMatchObject({ status: 'notExecuted' });
  });
});
