import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { noteLoss } from '../data-loss.ts';
import { UNFINISHED } from './replace-contents.ts';

/**
 * Removes what a crash left half written: contents that no object has yet, and what is beside objects. s3rver makes an object's hash anew, but answers every request for
 * an object with damaged metadata with an error.
 */
export const repairObjects = (directory: string): void => {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.name.endsWith(UNFINISHED)) rmSync(file);
    if (entry.name.endsWith('._S3rver_object.md5') && !/^[0-9a-f]{32}$/.test(readFileSync(file, 'utf8'))) rmSync(file);
    if (entry.name.endsWith('._S3rver_metadata.json') && !isJson(readFileSync(file, 'utf8'))) {
      rmSync(file);
      noteLoss(`The content type and other metadata of an object were damaged and are lost: ${file}`);
    }
  }
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
