import type { UpkeepRecords } from '../../functions/ports/upkeep-records.ts';
import { neverRan, type UpkeepRecord } from '../../shared/domain/upkeep-record.ts';

export const fakeUpkeepRecords = (): UpkeepRecords => {
  const records = new Map<string, UpkeepRecord>();
  return {
    async change(task, change) {
      const current = records.get(task) ?? neverRan(task);
      const next = { ...change(current), version: current.version + 1 };
      records.set(task, next);
      return next;
    },
    all: async () => [...records.values()],
  };
};
