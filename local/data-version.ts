import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Increased with every incompatible change of the stored data. */
export const DATA_VERSION = '8';

/** Entries without a version: the lock, the Spark installation, and data set aside. */
const STAYS = /^(lock|spark|set-aside-.*)$/;

/**
 * Sets the data of another version aside, and notes the present one.
 * @returns the folder where the other version's data is now; null where there was none
 */
export const setAsideOtherVersion = (dataDirectory: string): string | null => {
  const file = path.join(dataDirectory, 'version');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  const data = readdirSync(dataDirectory).filter((name) => !STAYS.test(name));
  const isOther = version !== DATA_VERSION && data.length > 0;
  const aside = path.join(dataDirectory, `set-aside-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  if (isOther) {
    mkdirSync(aside);
    for (const name of data) renameSync(path.join(dataDirectory, name), path.join(aside, name));
  }
  if (version !== DATA_VERSION) writeFileSync(file, `${DATA_VERSION}\n`);
  return isOther ? aside : null;
};
