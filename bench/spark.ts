import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { submitOptions, sparkEnvironment } from '../local/spark/environment.ts';
import { installedSpark } from '../local/spark/installed-spark.ts';
import type { SparkPaths } from '../local/spark/paths.ts';
import { runScript } from '../local/spark/script-process.ts';
import type { Call } from '../test/local/caller.ts';
import { uploadNotebook } from '../test/local/upload-notebook.ts';
import { median } from './median.ts';
import { must, usePortal } from './portal.ts';
import type { Table } from './results.ts';

const ROUNDS = 7;

/** Times that of a bare `spark-submit`. */
const MOST = 1.5;

const RELEASE = '7.13.0';

const JOB = 'bench';

/** Where the Spark of `npm run spark:install` is. */
const LOCAL_DIRECTORY = process.env['ATMO_LOCAL_DIR'] ?? '.local';

/** What the first cell does: it writes down when it has its answer, in seconds since the epoch. */
const cell = (file: string): string =>
  `import time\nassert spark.range(10).count() == 10\nopen(${JSON.stringify(file)}, "w").write(str(time.time()))`;

const notebook = (source: string): string =>
  JSON.stringify({
    cells: [{ cell_type: 'code', id: 'first', metadata: {}, source, outputs: [], execution_count: null }],
    metadata: { kernelspec: { name: 'pyspark', display_name: 'PySpark', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

const secondsUntil = (file: string, begun: number): number => Number(readFileSync(file, 'utf8')) - begun / 1000;

/** Seconds until the first cell has its answer, where the notebook's code is a script of its own. */
const bare = async (spark: SparkPaths, directory: string): Promise<number> => {
  mkdirSync(directory);
  const [script, answered] = [join(directory, 'notebook.py'), join(directory, 'answered')];
  const session = 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n';
  writeFileSync(script, session + cell(answered));
  const folders = { scratch: directory, eventLogs: directory };
  const begun = Date.now();
  await runScript({
    file: join(spark.venv, 'bin', 'spark-submit'),
    args: [...submitOptions(folders), script],
    directory,
    environment: { ...sparkEnvironment(spark, folders, process.env), PYSPARK_PYTHON: spark.python },
    signal: new AbortController().signal,
    log: { stdout: () => {}, stderr: () => {} },
  });
  return secondsUntil(answered, begun);
};

/** A job that starts only by "Run now". */
const createJob = async (person: Call, answered: string): Promise<void> => {
  const job = { identifier: JOB, description: 'Measures.', engine: 'serverless', startDate: '2099-01-01T00:00:00Z' };
  const notebookUploadId = await uploadNotebook(person, notebook(cell(answered)));
  await must(201, person('/api/spark-jobs', { ...job, emrRelease: RELEASE, notebookUploadId }));
};

/** Seconds from "Run now" until the first cell has its answer. The run has ended then, too. */
const runNow = async (person: Call, answered: string): Promise<number> => {
  const begun = Date.now();
  const { id } = await must(202, person(`/api/spark-jobs/${JOB}/run`, {}));
  for (;;) {
    const { outcome, reason } = await must(200, person(`/api/spark-jobs/${JOB}/runs/${String(id)}`));
    if (outcome === 'succeeded') return secondsUntil(answered, begun);
    if (outcome !== null) throw new Error(`The run did not succeed: ${JSON.stringify({ outcome, reason })}`);
    await new Promise((done) => setTimeout(done, 500));
  }
};

/** None where Spark is not installed, which is said. */
export const sparkTables = async (directory: string): Promise<readonly Table[]> => {
  const spark = installedSpark(LOCAL_DIRECTORY, RELEASE);
  if (spark === null) {
    console.log('\nspark: not measured, since Spark is not installed. Run `npm run spark:install` first.');
    return [];
  }
  process.env['ATMO_SPARK_DIR'] = resolve(spark.root, '..');
  const answered = join(directory, 'answered');
  const seconds = { bare: [] as number[], portal: [] as number[] };
  await usePortal(join(directory, 'spark'), async ({ call }) => {
    await createJob(call, answered);
    // The application starts with its first run, and stays for what comes within 15 minutes.
    await runNow(call, answered);
    for (let round = 0; round < ROUNDS; round += 1) {
      seconds.bare.push(await bare(spark, join(directory, `bare-${round}`)));
      seconds.portal.push(await runNow(call, answered));
    }
  });
  const [alone, portal] = [median(seconds.bare), median(seconds.portal)];
  const ratio = portal / alone;
  const table: Table = {
    title: 'Jobs on the local EMR Serverless: to the first cell',
    explanation:
      `Until \`spark.range(10).count()\` in the first cell has its answer: medians of ${ROUNDS} interleaved rounds. ` +
      'From "Run now", with two seconds that stand for the start of workers on AWS; and of the same code by `spark-submit` alone, with the same settings.',
    rows: [
      { from: '`spark-submit`', seconds: alone.toFixed(1), 'times spark-submit': '1.00', 'at most': '' },
      { from: '"Run now"', seconds: portal.toFixed(1), 'times spark-submit': ratio.toFixed(2), 'at most': MOST },
    ],
    passed: ratio > MOST ? [`"Run now" to the first cell takes ${ratio.toFixed(2)} × a bare spark-submit.`] : [],
  };
  return [table];
};
