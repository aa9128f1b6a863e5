import type { ExpiringRepository } from '../../functions/ports/expiring-repository.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import { isActive, type Expiring } from '../../shared/domain/expiring.ts';
import { positionText } from '../../shared/domain/page.ts';
import { isBilled } from '../../shared/domain/usage.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import { paged } from './paged.ts';

interface Kept<Holder, Filter extends string> {
  readonly kind: string;
  readonly passes: Readonly<Record<Filter, (holder: Holder) => boolean>>;
}

export const byId = <Holder extends Expiring>(holders: readonly Holder[]): Map<string, Holder> =>
  new Map(holders.map((holder) => [holder.id, holder]));

/** Clusters or sessions in a map that others may look into. */
export const expiringIn = <Holder extends Expiring, Filter extends string>(
  held: Map<string, Holder>,
  { kind, passes }: Kept<Holder, Filter>,
): ExpiringRepository<Holder, Filter> => {
  const all = () => [...held.values()];
  const known = (id: string): Holder => {
    const holder = held.get(id);
    if (holder === undefined) throw new NotFound(kind, id);
    return holder;
  };
  const repository: ExpiringRepository<Holder, Filter> = {
    get: async (id) => known(id),
    async claimLaunch(holder) {
      if (held.has(holder.id)) throw new Conflict(`This ${kind} was launched already.`);
      held.set(holder.id, holder);
    },
    async abandonLaunch({ id, workload: { runToken } }) {
      const workload = held.get(id)?.workload;
      return workload?.runToken === runToken && isUnlaunched(workload) && held.delete(id);
    },
    findByEmrId: async (emrId) => all().find(({ workload }) => workload.emrId === emrId) ?? null,
    async change(id, change) {
      const current = known(id);
      const changed = change(current);
      if (changed === current) return current;
      const next = { ...changed, version: current.version + 1 };
      held.set(id, next);
      return next;
    },
    async list(filter, ownerId, page) {
      const listed = all().filter(
        (holder) => passes[filter](holder) && (ownerId === null || holder.ownerId === ownerId),
      );
      return paged(
        `${filter}#${ownerId}`,
        listed.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
        page,
      );
    },
    activeWorkloads: async () => (await repository.active()).map(({ workload }) => workload),
    searched: (filter, page) => repository.list(filter, null, page),
    listAfter: async (filter, ownerId, after, limit) =>
      all()
        .filter((holder) => passes[filter](holder) && holder.ownerId === ownerId)
        .filter((holder) => after === null || positionText(holder) < positionText(after))
        .toSorted((a, b) => (positionText(a) < positionText(b) ? 1 : -1))
        .slice(0, limit),
    findIn: async (filter, id) => all().find((holder) => holder.id === id && passes[filter](holder)) ?? null,
    active: async () => all().filter(isActive),
    activeExpiringBefore: async (moment) => all().filter((holder) => isActive(holder) && holder.expiresAt < moment),
    withOpenUsage: async () =>
      all().filter(({ workload, usageClosedAt }) => isBilled(workload) && usageClosedAt === null),
    createdBetween: async (from, to) => all().filter(({ createdAt }) => createdAt >= from && createdAt <= to),
    withUnsentMail: async () => all().filter(({ outbox }) => outbox.length > 0),
  };
  return repository;
};
