import dynaliteDb, { type DynaliteTable } from 'dynalite/db/index.js';
import { Level } from 'level';

type Entries = Map<string, string>;

/**
 * Makes the indexes follow from the items again. dynalite writes an item's index entries before the item itself, so a
 * process that is killed in between leaves entries of an item that was never written.
 * @returns how many entries were wrong or missing
 */
export const repairIndexes = async (directory: string): Promise<number> => {
  const database = new Level<string, unknown>(directory, { valueEncoding: 'json' });
  await database.open();
  try {
    const tables = [...(await read(database, 'table~')).values()].map((table) => JSON.parse(table) as DynaliteTable);
    let repaired = 0;
    for (const table of tables) repaired += await repairTable(database, table);
    return repaired;
  } finally {
    await database.close();
  }
};

const repairTable = async (database: Level<string, unknown>, table: DynaliteTable): Promise<number> => {
  const { TableName, GlobalSecondaryIndexes = [] } = table;
  const right: Entries = new Map();
  for (const item of (await read(database, `item-${TableName}~`)).values()) {
    for (const put of dynaliteDb.getIndexActions(GlobalSecondaryIndexes, null, JSON.parse(item), table).puts) {
      right.set(`index-global~${TableName}~${put.index}~${put.key}`, JSON.stringify(put.item));
    }
  }
  const present = await read(database, `index-global~${TableName}~`);
  const wrong = [...present.keys()].filter((key) => !right.has(key));
  const missing = [...right].filter(([key, item]) => present.get(key) !== item);
  await database.batch([
    ...wrong.map((key) => ({ type: 'del' as const, key })),
    ...missing.map(([key, item]) => ({ type: 'put' as const, key, value: JSON.parse(item) as unknown })),
  ]);
  return wrong.length + missing.length;
};

const read = async (database: Level<string, unknown>, prefix: string): Promise<Entries> => {
  const entries: Entries = new Map();
  for await (const [key, value] of database.iterator({ gte: prefix, lt: `${prefix}\uffff` })) {
    entries.set(key, JSON.stringify(value));
  }
  return entries;
};
