import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { notebookOf } from './notebook.ts';
import { SPARK, startSparkStack, type SparkStack } from './spark-stack.ts';

let stack: SparkStack;
const folder = mkdtempSync(path.join(tmpdir(), 'atmo-hdfs-'));
const home = path.join(folder, 'user/hadoop');
const bin = path.join(folder, 'bin');

beforeAll(async () => {
  stack = await startSparkStack();
  // `hdfs dfs` with the shell of the Hadoop client that comes with PySpark, on a folder in place of a cluster.
  const library = path.join(SPARK.venv, 'lib');
  const jars = path.join(library, readdirSync(library)[0] ?? '', 'site-packages/pyspark/jars/*');
  mkdirSync(bin);
  writeFileSync(path.join(folder, 'core-site.xml'), '<configuration/>');
  writeFileSync(
    path.join(bin, 'hdfs'),
    `#!/bin/bash\nset -e\n[[ "$1" == dfs ]]\nshift\ncd '${home}'\nexec java -cp '${folder}:${jars}' org.apache.hadoop.fs.FsShell "$@"\n`,
  );
  chmodSync(path.join(bin, 'hdfs'), 0o755);
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

it('brings home what Spark wrote to HDFS, but for its own hidden folders', async () => {
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), text);
  };
  write('visits by city.parquet/part-00000.snappy.parquet', 'PAR1');
  write('visits by city.parquet/_SUCCESS', '');
  write('deep/er/total.csv', 'a,b\n');
  write('local.txt', 'of the same name');
  write('.sparkStaging/application_1/__spark_conf__.zip', 'x');

  let meanwhile: Promise<string> | undefined;
  const run = await stack.run({
    runId: 'hdfs',
    notebook: notebookOf('open("local.txt", "w").write("here")'),
    environment: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    onOutput: (text) => {
      if (text.includes('from HDFS')) meanwhile = stack.get('job/latest/files/local.txt').then(({ body }) => body);
    },
  });
  // What is on the machine is not kept waiting.
  expect(await meanwhile).toBe('here');
  expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
  expect((await stack.list('job/runs/hdfs/files/')).toSorted()).toEqual([
    'deep/er/total.csv',
    'local.txt',
    'visits by city.parquet/_SUCCESS',
    'visits by city.parquet/part-00000.snappy.parquet',
  ]);
  expect((await stack.get('job/latest/files/deep/er/total.csv')).body).toBe('a,b\n');
  expect((await stack.get('job/latest/files/local.txt')).body).toBe('here');
});

it('leaves in HDFS what cannot be fetched within the time limit', async () => {
  const slow = path.join(folder, 'slow');
  mkdirSync(slow);
  writeFileSync(
    path.join(slow, 'hdfs'),
    `#!/bin/bash\n[[ "$2" == -get ]] || { echo '3 9 a.txt' && exit; }\necho half >"\${@: -1}b.txt._COPYING_"\necho all >"\${@: -1}a.txt"\nexec sleep 600\n`,
  );
  chmodSync(path.join(slow, 'hdfs'), 0o755);
  const run = await stack.run({
    runId: 'slow-hdfs',
    notebook: notebookOf('1'),
    timeoutAt: new Date(Date.now() + 80_000).toISOString(),
    environment: { PATH: `${slow}:${process.env['PATH'] ?? ''}` },
  });
  expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
  expect(run.output).toContain('Could not fetch all files from HDFS');
  expect(await stack.list('job/runs/slow-hdfs/files/')).toEqual(['a.txt']);
});
