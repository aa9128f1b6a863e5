import type { UsageSums } from '../../functions/ports/usage-sums.ts';
import { noUsageDay, noUsageMonth, type UsageDay, type UsageMonth } from '../../shared/domain/usage-sums.ts';

export const fakeUsageSums = (): UsageSums => {
  const days = new Map<string, UsageDay>();
  const months = new Map<string, UsageMonth>();
  const between = (from: string, to: string): UsageMonth[] =>
    [...months]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, month]) => month)
      .filter(({ month }) => month >= from && month <= to);
  const changed = <Item extends { readonly version: number }>(
    items: Map<string, Item>,
    key: string,
    current: Item,
    change: (item: Item) => Item,
  ): Item => {
    const next = change(current);
    if (next === current) return current;
    const written = { ...next, version: current.version + 1 };
    items.set(key, written);
    return written;
  };
  return {
    days: async (from, to) =>
      [...days.values()].filter(({ day }) => day >= from && day <= to).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    changeDay: async (day, change) => changed(days, day, days.get(day) ?? noUsageDay(day), change),
    async changeMonth(key, owner, change) {
      const name = `${key.month}#${key.ownerId}`;
      return changed(months, name, months.get(name) ?? noUsageMonth(key, owner), change);
    },
    ofPerson: async (ownerId, from, to) => between(from, to).filter((month) => month.ownerId === ownerId),
    ofEverybody: async (from, to) => between(from, to),
  };
};
