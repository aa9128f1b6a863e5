import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';
import type { SparkPaths } from './paths.ts';

interface Jar {
  readonly organisation: string;
  readonly name: string;
  readonly revision: string;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/**
 * Spark's Connect server, where PySpark comes without it. The jar of 3.5.5 serves Spark 3.5.6: test/spark/sessions.test.ts
 * shows it.
 */
const JARS: Readonly<Record<ReleaseFamily, Jar | null>> = {
  'emr-7.x': {
    organisation: 'org.apache.spark',
    name: 'spark-connect_2.12',
    revision: '3.5.5',
    hash: 'ad64f1d0ab7ca629ff47e208cb122a3cea8a24d96c85e0873c355112315f6668',
  },
  'emr-spark-8.x': null,
};

/** A jar that is not what this version of ATMO wants. */
export class WrongJar extends Error {
  override readonly name = 'WrongJar';
}

/** Changes when another jar is wanted. */
export const connectJarVersion = (family: ReleaseFamily): string => JARS[family]?.hash ?? '';

/** Where a family's jar is; null where PySpark has it. */
export const connectJar = ({ family, root }: Pick<SparkPaths, 'family' | 'root'>): string | null => {
  const jar = JARS[family];
  return jar === null ? null : path.join(root, 'connect', `${jar.name}-${jar.revision}.jar`);
};

/** PySpark brings Ivy, which fetches what `spark-submit --packages` names. */
const ivyOf = ({ venv }: SparkPaths): string => {
  const library = path.join(venv, 'lib');
  const python = readdirSync(library).find((name) => name.startsWith('python3.')) ?? '';
  const jars = path.join(library, python, 'site-packages', 'pyspark', 'jars');
  const ivy = readdirSync(jars).find((name) => /^ivy-.*\.jar$/.test(name)) ?? '';
  return path.join(jars, ivy);
};

/**
 * Fetches a family's jar from Maven Central, unless it is there.
 * @param java the command
 * @throws WrongJar where it cannot be had, or is another than the one that was tried
 */
export const fetchConnectJar = (paths: SparkPaths, java: string): void => {
  const jar = JARS[paths.family];
  const file = connectJar(paths);
  if (jar === null || file === null || existsSync(file)) return;
  const folder = path.join(paths.root, 'connect-fetched');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(file), { recursive: true });
  const { status } = spawnSync(
    java,
    [
      ['-jar', ivyOf(paths), '-cache', path.join(folder, 'cache'), '-confs', 'default', '-notransitive'],
      ['-dependency', jar.organisation, jar.name, jar.revision, '-retrieve', path.join(folder, '[artifact].[ext]')],
    ].flat(),
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const fetched = path.join(folder, `${jar.name}.jar`);
  const isThere = status === 0 && existsSync(fetched);
  const hash = isThere ? createHash('sha256').update(readFileSync(fetched)).digest('hex') : null;
  if (hash === jar.hash) renameSync(fetched, file);
  rmSync(folder, { recursive: true, force: true });
  if (hash === null) throw new WrongJar(`${jar.name} ${jar.revision} could not be fetched from Maven Central.`);
  if (hash !== jar.hash) throw new WrongJar(`${jar.name} ${jar.revision} has another SHA-256 (${hash}) than expected.`);
};
