import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { SCRIPTS, type SparkPaths } from './paths.ts';

const configurationsSchema = z.array(
  z.object({ Classification: z.string(), Properties: z.record(z.string(), z.string()).default({}) }),
);

// They speak of YARN, of several nodes or of files that clusters have.
const ONLY_ON_CLUSTERS = /^spark\.(yarn|dynamicAllocation|pyspark)\b/;

/** This machine in place of YARN: two cores and little memory, as much as a laptop can spare. */
const HERE = {
  'spark.master': 'local[2]',
  'spark.driver.memory': '1g',
  'spark.driver.bindAddress': '127.0.0.1',
  'spark.driver.host': '127.0.0.1',
  'spark.ui.enabled': 'false',
  // As many as cores; Spark's 200 take a small machine minutes.
  'spark.sql.shuffle.partitions': '4',
};

/** The settings of Spark on a cluster, with this machine in place of YARN. */
export const localSparkDefaults = (): Readonly<Record<string, string>> => {
  const file = path.join(SCRIPTS, 'configurations.json');
  const configurations = configurationsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const defaults = configurations.find(({ Classification }) => Classification === 'spark-defaults')?.Properties ?? {};
  const usable = Object.entries(defaults).filter(([name]) => !ONLY_ON_CLUSTERS.test(name));
  return { ...Object.fromEntries(usable), ...HERE };
};

const LOG4J = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m%n%ex
# Says on every start that this machine has no native Hadoop library.
logger.native.name = org.apache.hadoop.util.NativeCodeLoader
logger.native.level = error
`;

/** Writes Spark's configuration directory. */
export const writeConfiguration = (paths: SparkPaths): void => {
  mkdirSync(paths.configuration, { recursive: true });
  const lines = Object.entries(localSparkDefaults()).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(path.join(paths.configuration, 'spark-defaults.conf'), lines.join(''));
  writeFileSync(path.join(paths.configuration, 'log4j2.properties'), LOG4J);
};
