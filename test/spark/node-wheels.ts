import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import path from 'node:path';

import { packWheels } from '../../infra/wheels/pack-wheels.ts';
import { folderOf, lockHash, type WheelSet } from '../../infra/wheels/wheel-sets.ts';
import { findPython } from '../../local/spark/prerequisites.ts';
import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';

const MACHINE = arch() === 'arm64' ? 'aarch64' : 'x86_64';

/**
 * `wheels/` of the EMR bucket as a deployment fills it, with the set of a family that this machine can install: for the
 * Python that there is here, under the name of the one that nodes have.
 */
export const unpackedWheels = (family: ReleaseFamily) => {
  const python = findPython(family);
  const version = execFileSync(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    encoding: 'utf8',
  });
  const set: WheelSet = { family, python: version.trim(), machine: MACHINE };
  const folder = mkdtempSync(path.join(tmpdir(), 'atmo-wheels-'));
  const target = path.join(folder, lockHash(family));
  mkdirSync(target);
  execFileSync(python, ['-m', 'zipfile', '-e', packWheels(set), target]);
  const asOnNodes = folderOf({ ...set, python: '3.11' });
  if (folderOf(set) !== asOnNodes) execFileSync('mv', [path.join(target, folderOf(set)), path.join(target, asOnNodes)]);
  const executable = execFileSync(python, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  return { folder, python: executable, remove: (): void => rmSync(folder, { recursive: true, force: true }) };
};
