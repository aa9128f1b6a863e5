import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { noteLoss, setAside } from '../data-loss.ts';

/** A record's file cannot be read back: somebody or something other than this server changed it. */
class DamagedRecordFile extends Error {
  override readonly name = 'DamagedRecordFile';
}

/** A resource that a local service holds; plain JSON. */
interface StoredRecord {
  readonly id: string;
  /** Rises with every creation: the order of lists and the place that a list's marker points at. */
  readonly sequence: number;
}

export interface RecordStore<Record extends StoredRecord> {
  /** Newest first. */
  all(): Record[];
  find(id: string): Record | null;
  nextSequence(): number;
  /** Notes a new or changed record; it is on disk when `flush` has resolved. */
  save(record: Record): void;
  remove(id: string): void;
  /** @throws the first error of writing to the disk */
  flush(): Promise<void>;
}

interface StoreOptions {
  /** Of these records alone; made when it is not there. */
  readonly folder: string;
  /** Enough of a record to know the file for one of ours and to resume from it; the rest is only handed through. */
  readonly schema: z.ZodType;
  /** How the log calls a record that is lost: `its cluster unknown to the local EMR`. */
  readonly lossOf: string;
}

const readRecord = async <Record>(file: string, { schema, lossOf }: StoreOptions): Promise<Record> => {
  const damaged = (why: string) => new DamagedRecordFile(`${file} is damaged (${why}), and ${lossOf}`);
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error));
  }
  const checked = schema.safeParse(json);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw damaged(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  return json as Record;
};

/** A record that cannot be read back is gone for the service, as far as anybody can see; its file is kept. */
const readIfWhole = async <Record>(file: string, options: StoreOptions): Promise<Record | null> => {
  try {
    return await readRecord<Record>(file, options);
  } catch (error) {
    if (!(error instanceof DamagedRecordFile)) throw error;
    noteLoss(`${error.message}. It is now ${setAside(file)}`);
    return null;
  }
};

/** Opens a store: one JSON file a record, replaced as a whole by a rename, so that a crash leaves the old or the new. */
export const openRecordStore = async <Record extends StoredRecord>(
  options: StoreOptions,
): Promise<RecordStore<Record>> => {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.endsWith('.new')).map((name) => rm(join(folder, name))));
  const read = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readIfWhole<Record>(join(folder, name), options)),
  );
  const known = read.filter((record) => record !== null) as Record[];
  const records = new Map<string, Record>(
    known.toSorted((a, b) => a.sequence - b.sequence).map((record) => [record.id, record]),
  );
  let sequence = known.reduce((highest, record) => Math.max(highest, record.sequence), 0);

  const dirty = new Set<string>();
  let writing: Promise<void> | null = null;

  const write = async (id: string): Promise<void> => {
    const file = join(folder, `${id}.json`);
    const record = records.get(id);
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
    all: () => [...records.values()].toReversed(),
    find: (id) => records.get(id) ?? null,
    nextSequence: () => (sequence += 1),
    save(record) {
      records.set(record.id, record);
      changed(record.id);
    },
    remove(id) {
      records.delete(id);
      changed(id);
    },
    flush,
  };
};
