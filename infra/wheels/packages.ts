import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';
import { packWheels, pythonWithPip, runPython, WheelsMissing } from './pack-wheels.ts';
import { archiveName, INSTALLER, packagesHash } from './serverless-packages.ts';
import { folderOf, packedFile, wheelSetsOf, type WheelSet } from './wheel-sets.ts';

/**
 * `node infra/wheels/packages.ts FAMILY FOLDER`: makes the archive of Python packages of job runs on EMR Serverless from the
 * wheels of the set, once, and prints the name of the zip file that has it.
 */
const packed = (set: WheelSet): string => {
  const wheels = packWheels(set);
  const target = path.join(path.dirname(packedFile(set)), `packages-${packagesHash(set)}.zip`);
  if (existsSync(target)) return target;
  mkdirSync(path.dirname(target), { recursive: true });
  const work = mkdtempSync(path.join(path.dirname(target), 'installing-'));
  try {
    const partial = path.join(work, 'packed.zip');
    runPython(pythonWithPip(work), [INSTALLER, wheels, set.python, set.machine, archiveName(set), partial], set);
    // Renamed into place: a file of this name is whole.
    renameSync(partial, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
};

const [family, folder] = process.argv.slice(2);
const set = RELEASE_FAMILIES.flatMap(wheelSetsOf).find((one) => one.family === family && folderOf(one) === folder);
try {
  if (set === undefined) throw new WheelsMissing(`There are no Python packages for ${family} ${folder ?? ''}.`);
  const file = packed(set);
  console.error(`${set.family} ${folderOf(set)}: ${Math.round(statSync(file).size / 1e6)} MB`);
  console.log(file);
} catch (error) {
  if (!(error instanceof WheelsMissing)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
