declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** Where LevelDB keeps the data; in memory where left out. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }
  export default function dynalite(options?: DynaliteOptions): Server;
}

declare module 'dynalite/db/index.js' {
  export interface DynaliteTable {
    TableName: string;
    GlobalSecondaryIndexes?: unknown[];
  }
  const db: {
    /** Where an item of that primary key is within its table. */
    createKey(item: unknown, table: DynaliteTable): string;
    /** What to write to each index when an item replaces another. */
    getIndexActions(
      indexes: unknown[],
      existingItem: unknown,
      item: unknown,
      table: DynaliteTable,
    ): { puts: { index: string; key: string; item: unknown }[] };
  };
  export default db;
}
