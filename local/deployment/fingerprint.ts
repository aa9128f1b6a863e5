import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const LEFT_OUT = new Set(['node_modules', '__pycache__', '.venv', '.pytest_cache', '.ruff_cache', '.mypy_cache']);

/** One hash over files and folders of the repository: their names and their content. */
export const fingerprint = (repository: string, parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    for (const file of filesIn(path.join(repository, part))) {
      hash
        .update(`${path.relative(repository, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
};

function* filesIn(start: string): Generator<string> {
  if (statSync(start).isFile()) {
    yield start;
    return;
  }
  for (const entry of readdirSync(start, { withFileTypes: true }).toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  )) {
    if (LEFT_OUT.has(entry.name)) continue;
    yield* filesIn(path.join(start, entry.name));
  }
}
