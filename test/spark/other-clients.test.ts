import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { otherClients } from '../../web/components/connection-words.ts';
import { pythonWithClient } from './connect-client.ts';
import { sessionExecutorIn } from './spark-stack.ts';

const SPARK_3 = { releaseLabel: 'emr-7.13.0', sparkVersion: '3.5.6' };
const SPARK_4 = { releaseLabel: 'emr-spark-8.0.0', sparkVersion: '4.0.2' };

/** Prints of each act that it works, or the name of its error. */
const acts = (address: string): string => `
from pyspark.sql import SparkSession
from pyspark.sql.functions import udf
spark = SparkSession.builder.remote("${address}").create()
for name, act in {
    "range": lambda: spark.range(10).count(),
    "sql": lambda: spark.sql("select 1 as one").collect(),
    "createDataFrame": lambda: spark.createDataFrame([(1, "a")], ["n", "t"]).collect(),
    "udf": lambda: spark.range(3).select(udf(lambda n: n * 2, "long")("id")).collect(),
    "pandas": lambda: spark.range(3).toPandas(),
}.items():
    try:
        act()
        print(name, "works", flush=True)
    except Exception as error:
        print(name, type(error).__name__, flush=True)
`;

describe('a client of another Spark than the session’s', { timeout: 600_000 }, () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-other-clients-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** What a client of one version can do with Spark's Connect server of another. */
  const seen = async (client: typeof SPARK_3, server: typeof SPARK_3): Promise<string> => {
    const person = await pythonWithClient(client);
    const { run } = sessionExecutorIn(directory);
    const stop = new AbortController();
    const id = `other-${server.sparkVersion}`;
    const roleArn = 'arn:aws:iam::123456789012:role/atmo-test-session';
    const session = { id, releaseLabel: server.releaseLabel, roleArn, shownWith: id };
    const log = { stdout: () => {}, stderr: () => {} };
    let ended: Promise<unknown> = Promise.resolve();
    const port = await new Promise<number>((resolve, reject) => {
      ended = run(session, { environment: {}, signal: stop.signal, log }, resolve);
      ended.then(() => reject(new Error('Spark ended.')), reject);
    });
    try {
      return (await person.python(acts(`sc://127.0.0.1:${port}`))).output;
    } finally {
      stop.abort();
      await ended;
    }
  };

  it('is understood in all it says where it is older', async () => {
    expect(otherClients(SPARK_4.sparkVersion)).toBe('A client of Spark 3.5 works, too.');
    const output = await seen(SPARK_3, SPARK_4);
    for (const act of ['range', 'sql', 'createDataFrame', 'udf', 'pandas']) expect(output).toContain(`${act} works\n`);
  });

  it('connects where it is newer, and fails where the page says so', async () => {
    const output = await seen(SPARK_4, SPARK_3);
    for (const act of ['range', 'pandas']) expect(output).toContain(`${act} works\n`);
    const said = otherClients(SPARK_3.sparkVersion);
    for (const [act, name] of [
      ['sql', 'spark.sql()'],
      ['createDataFrame', 'createDataFrame()'],
      ['udf', 'functions in Python'],
    ] as const) {
      expect(said).toContain(name);
      expect(output).toMatch(new RegExp(`^${act} \\w+Exception$`, 'm'));
    }
  });
});
