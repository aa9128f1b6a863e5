import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { notebookText } from '../notebooks/notebooks.ts';
import { cellsOf } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

const RELEASES = [
  { releaseLabel: 'emr-7.13.0', spark: '3.5.6', numpy: /^1\./ },
  { releaseLabel: 'emr-spark-8.0.0', spark: '4.0.2', numpy: /^2\./ },
] as const;
const ENGINES = ['cluster', 'serverless'] as const;
const RUNS = RELEASES.flatMap((release) =>
  ENGINES.map((engine) => ({ release, engine, runId: `${release.releaseLabel}-${engine}` })),
);

/** What is new in each run. */
const TIMES_AND_IDS =
  /\d{4}-\d\d-\d\d[ T][\d:.]+|serverless|cluster|atmo-run-\w+|\/\S+\/steps\/[\w-]+|\b\d+(\.\d+)? m?s\b/g;

/** What the notebook has to find for one of its five cities, worked out without Spark. */
const pagesOf = (city: number): number =>
  Array.from({ length: 500 }, (_, id) => (id % 5 === city ? (id % 7) + 1 : 0)).reduce((sum, pages) => sum + pages, 0);

/** Each run of the notebook is looked at from all sides: Spark takes its time to start. */
describe('a notebook that reads, joins and writes with Spark', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  const csvOf = async (runId: string) => stack.get(`job/runs/${runId}/files/visits by city.csv`);

  it.each(RUNS)('runs on $release.releaseLabel, $engine', async ({ release, engine, runId }) => {
    const { releaseLabel, spark, numpy } = release;
    const run = await stack.run({
      engine,
      releaseLabel,
      runId,
      notebook: notebookText('visits-by-city.ipynb'),
      parameters: { rows: 500, title: 'Five hundred visits' },
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    // The last line, on both engines: it is the reason that people read.
    expect(run.output.trimEnd().split('\n').at(-1)).toBe('Run succeeded.');
    const { status, versions } = await stack.outcome(runId);
    expect(status).toBe('succeeded');
    expect(versions).toMatchObject({ spark, numpy: expect.stringMatching(numpy), papermill: expect.any(String) });
  });

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
      csv: (await csvOf(runId)).body,
    };
  };

  it.each(RELEASES)('gives the same outputs and files on both engines: $releaseLabel', async ({ releaseLabel }) => {
    expect(await resultsOf(`${releaseLabel}-serverless`)).toEqual(await resultsOf(`${releaseLabel}-cluster`));
  });

  it('gives the same data and tables on both Sparks', async () => {
    const [old, now] = await Promise.all(
      RELEASES.map(async ({ releaseLabel }) => {
        const runId = `${releaseLabel}-cluster`;
        const html = (await stack.get(`job/runs/${runId}/notebook.html`)).body;
        return {
          csv: (await csvOf(runId)).body,
          html: html.match(/<th>\w+<\/th>/g)?.join(''),
          files: (await stack.list(`job/runs/${runId}/files/`)).length,
        };
      }),
    );
    expect(old?.html).toContain('<th>visits</th>');
    expect(now).toEqual(old);
  });

  it('stores Parquet and CSV, the table and the chart', async () => {
    const { runId } = RUNS[0] ?? { runId: '' };
    const files = await stack.list(`job/runs/${runId}/`);
    expect(files).toContain('files/visits by city.csv');
    expect(files).toContain('files/visits by city.parquet/_SUCCESS');
    expect(files.filter((file) => /^files\/visits by city\.parquet\/part-.*\.snappy\.parquet$/.test(file))).not.toEqual(
      [],
    );
    expect(files).toEqual(expect.arrayContaining(['notebook.ipynb', 'notebook.html', 'notebook.md', 'run.log']));
    // Neither the checksums of Hadoop's local file system nor Spark's own folders are results.
    expect(files.filter((file) => /\.crc$|metastore|warehouse|derby/.test(file))).toEqual([]);

    const csv = await csvOf(runId);
    expect(csv.contentType).toBe('text/csv; charset=utf-8');
    expect(csv.body.split('\n').slice(0, 3)).toEqual([
      'city,visits,pages',
      `Berlin,100,${pagesOf(0)}`,
      `Lima,100,${pagesOf(1)}`,
    ]);
    const parquet = files.find((file) => file.endsWith('.snappy.parquet')) ?? '';
    expect((await stack.get(`job/runs/${runId}/${parquet}`)).contentType).toBe('application/vnd.apache.parquet');

    const html = await stack.get(`job/runs/${runId}/notebook.html`);
    expect(html.contentType).toBe('text/html; charset=utf-8');
    expect(html.body).toContain('<th>visits</th>');
    expect(html.body).toContain('data:image/png;base64,');
    const markdown = await stack.get(`job/runs/${runId}/notebook.md`);
    const picture = /!\[\w*\]\((notebook_files\/[^)]+\.png)\)/.exec(markdown.body)?.[1] ?? '';
    expect(files).toContain(picture);
    expect((await stack.get(`job/runs/${runId}/${picture}`)).contentType).toBe('image/png');
    // No progress bars between the results.
    expect((await stack.get(`job/runs/${runId}/notebook.ipynb`)).body).not.toContain('Stage 0');
  });
});
