import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { notebookText } from '../notebooks/notebooks.ts';
import { cellsOf, cellWith, printed } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

/**
 * Notebooks after public reports of people who run them on Spark: those that need the whole step. `test/python` runs the others,
 * without its shell, its storage and Spark.
 */
describe('notebooks that were run wrongly elsewhere', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  const run = async (name: string, parametersJson = '{}') => {
    const step = await stack.run({ runId: name, notebook: notebookText(`cases/${name}.ipynb`), parametersJson });
    return { ...step, ...(await stack.outcome(name)) };
  };
  const executed = async (name: string): Promise<string> => (await stack.get(`job/runs/${name}/notebook.ipynb`)).body;

  it('runs one with what is no JSON', async () => {
    const ended = await run('nan-in-metadata');
    expect(ended, ended.output).toMatchObject({ exitCode: 0, status: 'succeeded', failure: null, reason: null });
  });

  it("runs EMR's own PySpark notebooks", async () => {
    const ended = await run('emr-pyspark');
    expect(ended, ended.output).toMatchObject({ exitCode: 0, status: 'succeeded' });
    expect(printed(cellsOf(await executed('emr-pyspark'))[0])).toContain('5\n');
  });

  it('refuses a language with a sentence', async () => {
    const ended = await run('language-r');
    expect(ended, ended.output).toMatchObject({
      exitCode: 1,
      status: 'failed',
      failure: null,
      reason: 'The notebook is written for R. Spark jobs run notebooks in Python (PySpark) only.',
    });
  });

  it('names the cell of an unknown magic', async () => {
    const ended = await run('configure-magic');
    expect(ended.failure, ended.output).toMatchObject({
      cell: 1,
      errorName: 'UsageError',
      errorValue: 'Cell magic `%%configure` not found.',
      traceback: expect.stringContaining('UsageError'),
    });
  });

  it('hands over every parameter as it was given', async () => {
    const ended = await run(
      'parameters-typed',
      String.raw`{"x": 7, "rate": 1.0, "client": "it's \"q\" \\ \n日本", "z": 6, "big": 9223372036854775807}`,
    );
    expect(ended, ended.output).toMatchObject({ exitCode: 0, status: 'succeeded' });
    expect(printed(cellWith(await executed('parameters-typed'), 'print(repr(x)'))).toBe(
      `7 float ${String.raw`'it\'s "q" \\ \n日本'`} 6 9223372036854775807\n`,
    );
  });

  it('renders a notebook with an incomplete widget', async () => {
    const ended = await run('widget-output');
    expect(ended, ended.output).toMatchObject({ exitCode: 0, status: 'succeeded' });
    expect((await stack.get('job/runs/widget-output/notebook.html')).body).toContain('FloatProgress(value=0.0)');
  });

  it('stores more than a thousand files under any names', async () => {
    const ended = await run('many-files');
    expect(ended, ended.output).toMatchObject({ exitCode: 0, status: 'succeeded' });
    expect(ended.output).not.toContain('Could not store');
    const files = await stack.list('job/runs/many-files/files/');
    expect(files).toHaveLength(1119);
    expect(files).toEqual(expect.arrayContaining(['q?mark.txt', '100%.txt', 'unié 日本.csv', 'zz-summary.csv']));
  });
});
