import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { noteLoss, setAside } from '../data-loss.ts';
import { CLUSTER_STATES, type ClusterRecord } from './cluster-record.ts';
import { launchRequestSchema } from './launch-request.ts';

/** A cluster's file cannot be read back: somebody or something other than this EMR changed it. */
class DamagedClusterFile extends Error {
  override readonly name = 'DamagedClusterFile';

  constructor(file: string, why: string) {
    super(`${file} is damaged (${why}), and its cluster unknown to the local EMR`);
  }
}

// Enough of the record to know the file for one of ours and to resume from it; the rest is only handed through.
const recordSchema = z.looseObject({
  id: z.string().startsWith('j-'),
  sequence: z.int(),
  request: launchRequestSchema,
  tags: z.record(z.string(), z.string()),
  state: z.enum(CLUSTER_STATES),
  reason: z.object({ code: z.string().nullable(), message: z.string().nullable() }),
  createdAt: z.number(),
  instanceSets: z.array(z.looseObject({ id: z.string(), instances: z.array(z.looseObject({ id: z.string() })) })),
  steps: z.array(z.looseObject({ id: z.string(), state: z.string(), createdAt: z.number() })),
  alarms: z.array(z.object({ kind: z.string(), at: z.number(), stepId: z.string().nullable() })),
});

export interface ClusterStore {
  /** Newest first. */
  all(): ClusterRecord[];
  find(id: string): ClusterRecord | null;
  nextSequence(): number;
  /** Notes a new or changed cluster; it is on disk when `flush` has resolved. */
  save(cluster: ClusterRecord): void;
  remove(id: string): void;
  /** @throws the first error of writing to the disk */
  flush(): Promise<void>;
}

const readRecord = async (file: string): Promise<ClusterRecord> => {
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DamagedClusterFile(file, error instanceof Error ? error.message : String(error));
  }
  const checked = recordSchema.safeParse(json);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new DamagedClusterFile(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  return json as ClusterRecord;
};

/** A cluster that cannot be read back is gone for EMR, as far as anybody can see; its file is kept. */
const readIfWhole = async (file: string): Promise<ClusterRecord | null> => {
  try {
    return await readRecord(file);
  } catch (error) {
    if (!(error instanceof DamagedClusterFile)) throw error;
    noteLoss(`${error.message}. It is now ${setAside(file)}`);
    return null;
  }
};

/**
 * Opens the store: one JSON file per cluster, replaced as a whole by a rename, so that a crash leaves the old or the new.
 */
export const openClusterStore = async (directory: string): Promise<ClusterStore> => {
  const folder = join(directory, 'clusters');
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.endsWith('.new')).map((name) => rm(join(folder, name))));
  const read = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readIfWhole(join(folder, name))),
  );
  const records = read.filter((record) => record !== null);
  const clusters = new Map(records.toSorted((a, b) => a.sequence - b.sequence).map((record) => [record.id, record]));
  let sequence = records.reduce((highest, record) => Math.max(highest, record.sequence), 0);

  const dirty = new Set<string>();
  let writing: Promise<void> | null = null;

  const write = async (id: string): Promise<void> => {
    const file = join(folder, `${id}.json`);
    const record = clusters.get(id);
    if (record === undefined) return rm(file, { force: true });
    await writeFile(`${file}.new`, JSON.stringify(record));
    await rename(`${file}.new`, file);
  };

  const drain = async (): Promise<void> => {
    // One microtask later: the changes of one transition are written together.
    await Promise.resolve();
    try {
      for (let [id] = dirty; id !== undefined; [id] = dirty) {
        dirty.delete(id);
        await write(id);
      }
    } finally {
      // In the same turn as the last look at `dirty`: what is noted from now on starts a drain of its own.
      writing = null;
    }
  };

  const flush = (): Promise<void> => {
    if (dirty.size > 0) writing ??= drain();
    return writing ?? Promise.resolve();
  };

  const changed = (id: string): void => {
    dirty.add(id);
    // Who must know whether the write succeeded awaits flush; that same promise rejects there too.
    flush().catch(() => dirty.add(id));
  };

  return {
    all: () => [...clusters.values()].toReversed(),
    find: (id) => clusters.get(id) ?? null,
    nextSequence: () => (sequence += 1),
    save(cluster) {
      clusters.set(cluster.id, cluster);
      changed(cluster.id);
    },
    remove(id) {
      clusters.delete(id);
      changed(id);
    },
    flush,
  };
};
