import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** What pip is asked for; part of what a set is named by. */
export const COLLECTOR = path.join(import.meta.dirname, 'collect_wheels.py');

/** Pythons that the nodes of a family make their environment with (emr/bootstrap/python-environment.sh). */
const PYTHONS: Readonly<Record<ReleaseFamily, readonly string[]>> = {
  'emr-7.x': ['3.11', '3.9'],
  'emr-spark-8.x': ['3.11'],
};

/** As `uname -m` tells them. */
const MACHINES = ['x86_64', 'aarch64'] as const;

/** The wheels of one lock for one kind of node. */
export interface WheelSet {
  readonly family: ReleaseFamily;
  readonly python: string;
  readonly machine: (typeof MACHINES)[number];
}

export const lockOf = (family: ReleaseFamily): string => path.join(REPOSITORY, 'emr', `requirements-${family}.txt`);

export const wheelSetsOf = (family: ReleaseFamily): readonly WheelSet[] =>
  PYTHONS[family].flatMap((python) => MACHINES.map((machine) => ({ family, python, machine })));

/** The folder of a set, as a node looks for it. */
export const folderOf = ({ python, machine }: WheelSet): string => `python${python}-${machine}`;

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The folder of a family's sets: its lock pins every wheel by its own hash, so that this names their content. */
export const lockHash = (family: ReleaseFamily): string => sha256(readFileSync(lockOf(family))).slice(0, 16);

/** Changes with anything that decides what is in a set. */
export const setHash = (set: WheelSet): string =>
  sha256(readFileSync(lockOf(set.family)), readFileSync(COLLECTOR), folderOf(set));

/** Where a packed set is kept between deployments. */
export const packedFile = (set: WheelSet): string =>
  path.resolve(REPOSITORY, process.env['ATMO_LOCAL_DIR'] ?? '.local', 'wheels', `${setHash(set)}.zip`);
