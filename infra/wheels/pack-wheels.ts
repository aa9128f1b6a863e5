import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { COLLECTOR, folderOf, lockOf, packedFile, type WheelSet } from './wheel-sets.ts';

/** Why the wheels of a set are not there, in words for the person who deploys. */
export class WheelsMissing extends Error {
  override readonly name = 'WheelsMissing';
}

const PYTHON = process.env['PYTHON'] ?? 'python3';

const PACK = `
import os, sys, zipfile
folder, target = sys.argv[1:]
with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
    for directory, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            file = os.path.join(directory, name)
            # Wheels are compressed; one time for all, so that the same wheels are the same file.
            entry = zipfile.ZipInfo(os.path.relpath(file, folder), (1980, 1, 1, 0, 0, 0))
            with open(file, "rb") as content, archive.open(entry, "w") as packed:
                while chunk := content.read(1 << 20):
                    packed.write(chunk)
`;

/** Debian's Python comes without pip, but makes environments that have it. */
export const pythonWithPip = (work: string): string => {
  if (spawnSync(PYTHON, ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0) return PYTHON;
  const environment = path.join(work, 'environment');
  const { status } = spawnSync(PYTHON, ['-m', 'venv', environment], { stdio: 'ignore' });
  return status === 0 ? path.join(environment, 'bin', 'python') : PYTHON;
};

/** @throws WheelsMissing with the last lines that it said */
export const runPython = (python: string, args: readonly string[], set: WheelSet): void => {
  // All output to stderr: the CDK reads the name of the file from stdout.
  const { status, stderr, error } = spawnSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status === 0) return;
  const reason = error === undefined ? stderr.trim().split('\n').slice(-5).join('\n') : error.message;
  throw new WheelsMissing(
    `The Python packages of ${set.family} for ${folderOf(set)} could not be collected: clusters could not start without them. ` +
      `This needs ${PYTHON} 3.8 or newer with pip or venv, and a way to PyPI; \`npm run wheels\` does it ahead of a deployment.\n${reason}`,
  );
};

/**
 * Collects the wheels of a set and packs them, once: what is packed already is taken.
 * @returns the zip file, with the set's folder in it
 * @throws WheelsMissing
 */
export const packWheels = (set: WheelSet): string => {
  const target = packedFile(set);
  if (existsSync(target)) return target;
  mkdirSync(path.dirname(target), { recursive: true });
  const work = mkdtempSync(path.join(path.dirname(target), 'collecting-'));
  try {
    const folder = path.join(work, 'content', folderOf(set));
    mkdirSync(folder, { recursive: true });
    const python = pythonWithPip(work);
    runPython(python, [COLLECTOR, lockOf(set.family), set.python, set.machine, folder], set);
    const packed = path.join(work, 'packed.zip');
    runPython(python, ['-c', PACK, path.join(work, 'content'), packed], set);
    // Renamed into place: a file of this name is whole.
    renameSync(packed, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
};
