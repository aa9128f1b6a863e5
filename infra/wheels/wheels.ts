import { statSync } from 'node:fs';

import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';
import { packWheels, WheelsMissing } from './pack-wheels.ts';
import { folderOf, wheelSetsOf } from './wheel-sets.ts';

/**
 * `npm run wheels [FAMILY FOLDER]`: collects the Python packages of cluster nodes, all of them or one set. A deployment
 * does this by itself (infra/constructs/emr-wheels.ts) and reads the name of the packed file from stdout.
 */
const [family, folder] = process.argv.slice(2);
const sets = RELEASE_FAMILIES.flatMap(wheelSetsOf).filter(
  (set) => (family === undefined || set.family === family) && (folder === undefined || folderOf(set) === folder),
);
try {
  if (sets.length === 0) throw new WheelsMissing(`There are no Python packages for ${family} ${folder ?? ''}.`);
  for (const set of sets) {
    const file = packWheels(set);
    console.error(`${set.family} ${folderOf(set)}: ${Math.round(statSync(file).size / 1e6)} MB`);
    console.log(file);
  }
} catch (error) {
  if (!(error instanceof WheelsMissing)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
