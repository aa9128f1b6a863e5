import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { AdminUsage } from '../../shared/contract/usage.ts';
import { CURRENCY } from '../../shared/domain/cost.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import { daysOfMonth } from '../../shared/domain/month.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import { dayOf, type Day, type Usage } from '../../shared/domain/usage.ts';
import { byCost, byKey, rowsBy, sumOf, type UsageRow } from '../../shared/domain/usage-report.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface GetUsageDependencies {
  readonly usage: Pick<UsageRepository, 'ofEverybody'>;
  readonly people: Pick<PersonRepository, 'list'>;
  readonly clock: Clock;
}

type Query = RouteInput<Routes['getUsage']>;

/** A year and a day: what one answer can be made of within its time. */
const MAX_DAYS = 367;

const daysIn = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** @throws InvalidInput */
const rangeOf = ({ from, to }: Query, today: Day): readonly [from: Day, to: Day] => {
  const [first] = daysOfMonth((to ?? today).slice(0, 7));
  const [, last] = daysOfMonth(today.slice(0, 7));
  const range = [from ?? first, to ?? last] as const;
  const days = daysIn(...range);
  if (days < 1) throw InvalidInput.field('from', `Give a day that is not after ${range[1]}, or another day as to.`);
  if (days > MAX_DAYS) throw InvalidInput.field('from', `Ask for at most ${MAX_DAYS} days at a time.`);
  return range;
};

/** Usage and cost of everybody. Names and groups are those that people have now. */
export const getUsage = ({ usage, people, clock }: GetUsageDependencies) => {
  const everyone = async (): Promise<ReadonlyMap<string, PersonRecord>> => {
    const all = new Map<string, PersonRecord>();
    let cursor: string | undefined;
    do {
      const page = await people.list({ limit: 100, cursor });
      for (const person of page.items) all.set(person.id, person);
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    return all;
  };

  const rows = async (by: Query['by'], usages: readonly Usage[]): Promise<AdminUsage['items']> => {
    const withoutId = ({ key, sum }: UsageRow) => ({ key, id: null, ...sum });
    if (by === 'day') return rowsBy(usages, ({ day }) => [day], byKey).map(withoutId);
    if (by === 'kind') return rowsBy(usages, ({ kind }) => [kind], byKey).map(withoutId);
    const known = await everyone();
    if (by === 'group') {
      const groupsOf = ({ ownerId }: Usage): readonly string[] => {
        const groups = known.get(ownerId)?.groups ?? [];
        return groups.length === 0 ? [''] : groups;
      };
      return rowsBy(usages, groupsOf, byCost).map(withoutId);
    }
    const names = new Map(usages.map(({ ownerId, owner }) => [ownerId, known.get(ownerId)?.username ?? owner]));
    const named = ({ key: id, sum }: UsageRow) => ({ key: names.get(id) ?? id, id, ...sum });
    return rowsBy(usages, ({ ownerId }) => [ownerId], byCost).map(named);
  };

  return async (query: Query): Promise<AdminUsage> => {
    const [from, to] = rangeOf(query, dayOf(clock.now()));
    const usages = await usage.ofEverybody(from, to);
    return {
      from,
      to,
      by: query.by,
      currency: CURRENCY,
      items: await rows(query.by, usages),
      total: sumOf(usages),
    };
  };
};
