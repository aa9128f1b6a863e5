import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { SCRIPTS } from '../../local/spark/paths.ts';
import { SPARK } from './spark-stack.ts';

// The classifications of the release guide's table for EMR 7 that belong to the applications of our clusters:
// https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-7x.html. RunJobFlow refuses any other.
const CLASSIFICATIONS = [
  ['capacity-scheduler', 'container-executor', 'container-log4j', 'core-site', 'emrfs-site', 'hadoop-env'],
  ['hadoop-log4j', 'hadoop-metrics2', 'hadoop-policy', 'hadoop-ssl-client', 'hadoop-ssl-server', 'hdfs-env'],
  ['hdfs-encryption-zones', 'hdfs-site', 'hive', 'hive-beeline-log4j2', 'hive-env', 'hive-exec-log4j2'],
  ['hive-log4j2', 'hive-parquet-logging', 'hive-site', 'hiveserver2-site', 'httpfs-env', 'httpfs-site'],
  ['livy-conf', 'livy-env', 'livy-log4j2', 'mapred-env', 'mapred-site', 'spark', 'spark-defaults', 'spark-env'],
  ['spark-hive-site', 'spark-log4j2', 'spark-metrics', 'tez-site', 'yarn-env', 'yarn-site', 'zeppelin-env'],
  ['zeppelin-site'],
].flat();

// RunJobFlow's shape of a configuration, and the rule that an environment's variables are in `export`:
// https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-configure-apps.html
const properties = z.record(z.string().min(1), z.string());
const configurationSchema = z
  .strictObject({
    Classification: z.enum(CLASSIFICATIONS as [string, ...string[]]),
    Properties: properties,
    Configurations: z
      .array(z.strictObject({ Classification: z.literal('export'), Properties: properties }))
      .length(1)
      .optional(),
  })
  .refine(({ Classification, Properties, Configurations }) =>
    Classification.endsWith('-env')
      ? Configurations !== undefined && Object.keys(Properties).length === 0
      : Configurations === undefined && Object.keys(Properties).length > 0,
  );

const parsed = z
  .array(configurationSchema)
  .parse(JSON.parse(readFileSync(path.join(SCRIPTS, 'configurations.json'), 'utf8')));
const propertiesOf = (name: string): Readonly<Record<string, string>> =>
  parsed.find(({ Classification }) => Classification === name)?.Properties ?? {};

describe('configurations.json', () => {
  /** What one entry of the Hadoop client that comes with PySpark holds, or those that match, as text. */
  const hadoopClient = (pattern: string): string => {
    const library = path.join(SPARK.venv, 'lib');
    const jars = path.join(library, readdirSync(library)[0] ?? '', 'site-packages/pyspark/jars');
    const jar = readdirSync(jars).find((name) => name.startsWith('hadoop-client-api-')) ?? '';
    const script = `
import re, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for name in archive.namelist():
    if re.fullmatch(sys.argv[2], name):
        print(archive.read(name).decode("utf-8", errors="replace"))
`;
    return execFileSync(SPARK.python, ['-X', 'utf8', '-c', script, path.join(jars, jar), pattern], {
      encoding: 'utf8',
      maxBuffer: 10_000_000,
    });
  };

  it('names each classification once', () => {
    const names = parsed.map(({ Classification }) => Classification);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['core-site', 'hdfs-site', 'yarn-site', 'spark-defaults', 'spark-log4j2']),
    );
  });

  it.each([
    ['core-site', 'core-default\\.xml'],
    ['yarn-site', 'yarn-default\\.xml'],
  ])('sets in %s only what Hadoop has a default for', (classification, file) => {
    const names = [...hadoopClient(file).matchAll(/<name>\s*([^<\s]+)\s*<\/name>/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names).toEqual(expect.arrayContaining(Object.keys(propertiesOf(classification))));
  });

  it('sets in hdfs-site only what the HDFS client knows', () => {
    // Its defaults are in the server; the client has the names as constants.
    const constants = hadoopClient(String.raw`org/apache/hadoop/hdfs/client/HdfsClientConfigKeys[\w$]*\.class`);
    expect(Object.keys(propertiesOf('hdfs-site'))).not.toEqual([]);
    for (const name of Object.keys(propertiesOf('hdfs-site'))) expect(constants).toContain(name);
  });

  it('sets for Spark only what Spark knows, in a form that it can read', () => {
    const script = `
import json, sys
from pyspark import SparkConf
from pyspark.java_gateway import launch_gateway
gateway = launch_gateway()
entries = gateway.jvm.org.apache.spark.internal.config.ConfigEntry
conf = SparkConf(loadDefaults=False, _jvm=gateway.jvm)
unknown = []
# Loads the objects that register the entries.
gateway.jvm.java.lang.Class.forName("org.apache.spark.internal.config.package$")
gateway.jvm.java.lang.Class.forName("org.apache.spark.sql.internal.SQLConf$")
gateway.jvm.java.lang.Class.forName("org.apache.spark.internal.config.UI$")
gateway.jvm.java.lang.Class.forName("org.apache.spark.internal.config.Python$")
for name, value in json.loads(sys.argv[1]).items():
    entry = entries.findEntry(name)
    if entry is None:
        unknown.append(name)
        continue
    entry.valueConverter().apply(value)
print(json.dumps(unknown))
`;
    const spark = propertiesOf('spark-defaults');
    const answer = execFileSync(SPARK.python, ['-c', script, JSON.stringify(spark)], { encoding: 'utf8' });
    expect(JSON.parse(answer.trim().split('\n').at(-1) ?? '')).toEqual([]);
  });

  it('leaves room for two notebooks at once on the smallest cluster', () => {
    const spark = propertiesOf('spark-defaults');
    const mb = (name: string): number => Number(spark[name]?.replace('g', '')) * 1024;
    // EMR adds 18.75 % to an executor, and a client's application master takes 896 MB.
    const executor = mb('spark.executor.memory') * 1.1875;
    const notebooks = 2;
    expect(notebooks * (executor + 896)).toBeLessThanOrEqual(12_288);
    // With all cores in one executor, none fits beside an application master.
    expect(Number(spark['spark.executor.cores'])).toBeLessThan(4);
    expect(parsed.map(({ Classification }) => Classification)).not.toContain('spark');
    expect(propertiesOf('capacity-scheduler')).not.toHaveProperty('yarn.scheduler.capacity.resource-calculator');
  });

  it('puts Python, Zeppelin and its notes where the bootstrap action does', () => {
    expect(propertiesOf('spark-defaults')['spark.pyspark.python']).toBe('/opt/atmo/venv/bin/python');
    const zeppelin = parsed.find(({ Classification }) => Classification === 'zeppelin-env');
    expect(zeppelin?.Configurations?.[0]?.Properties).toEqual({
      ZEPPELIN_ADDR: '127.0.0.1',
      // By default the page of any site may open a websocket to it while the tunnel is open.
      ZEPPELIN_ALLOWED_ORIGINS: 'http://localhost:8890',
      ZEPPELIN_PORT: '8890',
      ZEPPELIN_NOTEBOOK_DIR: '/mnt/atmo/home/zeppelin',
    });
    expect(readFileSync(path.join(SCRIPTS, 'bootstrap/home.sh'), 'utf8')).toContain(
      'readonly home="${root}/mnt/atmo/home"\nreadonly notes="${home}/zeppelin"\n',
    );
  });
});
