import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { notebookText } from '../notebooks/notebooks.ts';
import { cellsOf, cellWith, notebookOf, printed } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

const RELEASES = ['emr-7.13.0', 'emr-spark-8.0.0'];

/** What is new in each run. */
const TIMES_AND_IDS =
  /\d{4}-\d\d-\d\d[ T][\d:.]+|serverless|cluster|atmo-run-\w+|\/\S+\/steps\/[\w-]+|\b\d+(\.\d+)? m?s\b/g;

describe('a notebook in the driver of a job run on EMR Serverless', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  const resultsOf = async (runId: string): Promise<unknown> => {
    const { body } = await stack.get(`job/runs/${runId}/notebook.ipynb`);
    const { status, failure, versions } = await stack.outcome(runId);
    return {
      cells: cellsOf(body).map(({ outputs = [] }) =>
        // What the JVM says as it starts is in the log of spark-submit, or in the cell that starts it.
        JSON.stringify(outputs.filter(({ name }) => name !== 'stderr')).replaceAll(TIMES_AND_IDS, '…'),
      ),
      status,
      failure,
      versions,
      names: (await stack.list(`job/runs/${runId}/`)).map((name) => name.replace(/part-.*/, 'part')),
      csv: (await stack.get(`job/runs/${runId}/files/visits by city.csv`)).body,
    };
  };

  it.each(RELEASES)('gives the outputs and files that it gives on a cluster: %s', async (releaseLabel) => {
    const results: unknown[] = [];
    for (const engine of ['cluster', 'serverless'] as const) {
      const runId = `${releaseLabel}-${engine}`;
      const run = await stack.run({
        engine,
        releaseLabel,
        runId,
        notebook: notebookText('visits-by-city.ipynb'),
        parameters: { rows: 500, title: 'Five hundred visits' },
      });
      expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
      // The last line, as on a cluster: it is the reason that people read.
      expect(run.output.trimEnd().split('\n').at(-1)).toBe('Run succeeded.');
      results.push(await resultsOf(runId));
    }
    expect(results[1]).toEqual(results[0]);
  });

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
