import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { PersonForAdmins, PersonSortField } from '../../shared/contract/routes/people.ts';
import { hasLeft } from '../../shared/domain/leavers.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import { quotasOf, type QuotaRules } from '../../shared/domain/quota.ts';
import type { ReservedKind, Reservations } from '../../shared/domain/reservations.ts';
import type { Searchable } from '../../shared/domain/search.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import type { ReservationRepository } from '../ports/reservation-repository.ts';

type Route = Routes['listPeople'];

interface ListPeopleDependencies {
  readonly people: Pick<PersonRepository, 'list'>;
  readonly reservations: Pick<ReservationRepository, 'of'>;
  readonly quotaRules: ReadQuotaRules;
}

const SEARCHABLE: Searchable<PersonRecord, PersonSortField> = {
  idOf: ({ id }) => id,
  textsOf: ({ username, email, groups }) => [username, email, ...groups],
  fields: {
    username: ({ username }) => username,
    email: ({ email }) => email,
    firstSeenAt: ({ firstSeenAt }) => firstSeenAt,
    lastSeenAt: ({ lastSeenAt }) => lastSeenAt,
  },
  byDefault: 'username',
};

const toView = (person: PersonRecord, { held }: Reservations, rules: QuotaRules): PersonForAdmins => {
  const { id, username, email, groups, firstSeenAt, lastSeenAt, departure } = person;
  const limits = quotasOf(person, rules);
  const count = (wanted: ReservedKind): number => held.filter(({ kind }) => kind === wanted).length;
  return {
    id,
    username,
    email,
    groups: [...groups],
    firstSeenAt,
    lastSeenAt,
    isDisabled: hasLeft(person),
    departure: departure === null ? null : { reason: departure.reason, at: departure.at },
    quotas: {
      clusters: { used: count('cluster'), limit: limits.clusters },
      workers: { used: held.reduce((sum, { workers }) => sum + workers, 0), limit: limits.workers },
      sparkJobs: { used: count('sparkJob'), limit: limits.sparkJobs },
      sshKeys: { used: count('sshKey'), limit: limits.sshKeys },
    },
  };
};

/** Everyone who has signed in. What each uses is read for the people of the page alone. */
export const listPeople =
  ({ people, reservations, quotaRules }: ListPeopleDependencies) =>
  async ({ group, status, ...request }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const isWanted = (person: PersonRecord): boolean =>
      (group === undefined || person.groups.includes(group)) &&
      (status === 'all' || hasLeft(person) === (status === 'left'));
    // Filtered pages are no whole ones: the list is then put together anew, as for a search.
    const isFiltered = group !== undefined || status !== 'all';
    const sort = request.sort ?? (isFiltered ? SEARCHABLE.byDefault : undefined);
    const page = await searchedPage(
      async (part) => {
        const { items, cursor } = await people.list(part);
        return { items: items.filter(isWanted), cursor };
      },
      { ...request, sort },
      SEARCHABLE,
    );
    const rules = await quotaRules();
    const views = page.items.map(async (person) => toView(person, await reservations.of(person.id), rules));
    return { ...page, items: await Promise.all(views) };
  };
