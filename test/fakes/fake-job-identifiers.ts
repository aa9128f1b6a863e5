import type { JobIdentifiers } from '../../functions/ports/job-identifiers.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { JobIdentifier } from '../../shared/domain/job-identifier.ts';
import { paged } from './paged.ts';

export const fakeJobIdentifiers = (): JobIdentifiers => {
  const all = new Map<string, JobIdentifier>();
  return {
    async claim(identifier, ownerId) {
      const known = all.get(identifier) ?? { identifier, ownerId, deleted: null, withdrawal: null, version: 1 };
      if (known.ownerId !== ownerId) throw new Conflict(`The identifier ${identifier} belongs to another person.`);
      all.set(identifier, known);
      return known;
    },
    find: async (identifier) => all.get(identifier) ?? null,
    async change(identifier, change) {
      const known = all.get(identifier);
      if (known === undefined) throw new NotFound('identifier', identifier);
      const changed = { ...change(known), version: known.version + 1 };
      all.set(identifier, changed);
      return changed;
    },
    withWithdrawal: async () => [...all.values()].filter(({ withdrawal }) => withdrawal !== null),
    async deletedOf(ownerId, page) {
      const deleted = [...all.values()].filter((known) => known.ownerId === ownerId && known.deleted !== null);
      return paged(
        `deleted#${ownerId}`,
        deleted.toSorted((a, b) => (b.deleted?.deletedAt ?? '').localeCompare(a.deleted?.deletedAt ?? '')),
        page,
      );
    },
  };
};
