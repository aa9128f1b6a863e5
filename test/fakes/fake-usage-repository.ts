import type { UsageRepository } from '../../functions/ports/usage-repository.ts';
import { noUsage, usageKeyOf, type Usage } from '../../shared/domain/usage.ts';

export const fakeUsageRepository = (...present: readonly Usage[]): UsageRepository => {
  const usages = new Map(present.map((usage) => [usageKeyOf(usage), usage]));
  const between = (from: string, to: string): Usage[] =>
    [...usages.values()]
      .filter(({ day }) => day >= from && day <= to)
      .toSorted((a, b) => usageKeyOf(a).localeCompare(usageKeyOf(b)));
  return {
    async change(key, owner, change) {
      const current = usages.get(usageKeyOf(key)) ?? noUsage(key, owner);
      const changed = change(current);
      if (changed === current) return current;
      const next = { ...changed, version: current.version + 1 };
      usages.set(usageKeyOf(key), next);
      return next;
    },
    ofPerson: async (ownerId, from, to) => between(from, to).filter((usage) => usage.ownerId === ownerId),
    firstDay: async () => [...usages.values()].map(({ day }) => day).toSorted()[0] ?? null,
    ofEverybody: async (from, to) => between(from, to),
  };
};
