import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { AdminUsage } from '../../shared/contract/usage.ts';
import { CURRENCY } from '../../shared/domain/cost.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import { MINUTE_MS } from '../../shared/domain/instant.ts';
import { daysOfMonth } from '../../shared/domain/month.ts';
import { dayOf, type Day } from '../../shared/domain/usage.ts';
import { byCost, byKey, rowsBy, sumOfDays, type DayUsage, type UsageRow } from '../../shared/domain/usage-report.ts';
import type { SummedUsage } from '../access/summed-usage.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { keptAnswers } from '../runtime/kept-answers.ts';

interface GetUsageDependencies {
  readonly usage: SummedUsage;
  readonly people: Pick<PersonRepository, 'all'>;
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

const MOST_KEPT = 3;

/**
 * Usage of everybody by person, kind and day. What was read is kept in memory: the days that are summed up for ten minutes, unless others are
 * by then; and the items of other days, which are as many as their runs, for a minute, since a task adds up every five.
 */
const keptUsage = ({ usage, clock }: Pick<GetUsageDependencies, 'usage' | 'clock'>) => {
  const summed = keptAnswers<readonly DayUsage[]>({ clock, forMs: 10 * MINUTE_MS, most: MOST_KEPT });
  const open = keptAnswers<readonly DayUsage[]>({ clock, forMs: MINUTE_MS, most: MOST_KEPT });
  return async (from: Day, to: Day): Promise<readonly DayUsage[]> => {
    const within = await usage(from, to);
    const name = [from, to, ...within.open.flat()].join(' ');
    const parts = await Promise.all([summed(name, within.summedOfEverybody), open(name, within.openOfEverybody)]);
    return parts.flatMap(({ answer }) => answer);
  };
};

/** Usage and cost of everybody. Names and groups are those that people have now. */
export const getUsage = ({ usage, people, clock }: GetUsageDependencies) => {
  const usageOf = keptUsage({ usage, clock });

  const rows = async (by: Query['by'], usages: readonly DayUsage[]): Promise<AdminUsage['items']> => {
    const withoutId = ({ key, sum }: UsageRow) => ({ key, id: null, ...sum });
    if (by === 'day') return rowsBy(usages, ({ day }) => [day], byKey).map(withoutId);
    if (by === 'kind') return rowsBy(usages, ({ kind }) => [kind], byKey).map(withoutId);
    const known = new Map((await people.all()).map((person) => [person.id, person]));
    if (by === 'group') {
      const groupsOf = ({ ownerId }: DayUsage): readonly string[] => {
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
    const usages = await usageOf(from, to);
    return {
      from,
      to,
      by: query.by,
      currency: CURRENCY,
      items: await rows(query.by, usages),
      total: sumOfDays(usages),
    };
  };
};
