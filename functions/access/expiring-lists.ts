import { Forbidden } from '../../shared/domain/errors.ts';
import type { Expiring, SearchedExpiring } from '../../shared/domain/expiring.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { isAdmin, type Person } from '../../shared/domain/person.ts';
import { isOwnedBy, type Searchable } from '../../shared/domain/search.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { keptLists, type KeptList } from './kept-list.ts';
import { sharedList, type Listed } from './shared-list.ts';

type ExpiringField = 'owner' | 'size' | 'status' | 'emrRelease' | 'createdAt' | 'expiresAt' | 'finishedAt';

/** One as it is searched: its grants are read only of those on the page. */
interface Searched<Holder extends Expiring> {
  readonly item: SearchedExpiring<Holder>;
}

/** How clusters and sessions are searched and sorted. @param name the field of the API that names one */
export const searchableExpiring = <Holder extends Expiring, const Name extends string>(
  name: Name,
  nameOf: (holder: SearchedExpiring<Holder>) => string,
): Searchable<Searched<Holder>, Name | ExpiringField> => {
  const fields: Record<ExpiringField, (listed: Searched<Holder>) => string | number | null> = {
    owner: ({ item }) => item.owner,
    size: ({ item }) => item.size,
    status: ({ item }) => item.workload.status,
    emrRelease: ({ item }) => item.emrRelease,
    createdAt: ({ item }) => item.createdAt,
    expiresAt: ({ item }) => item.expiresAt,
    finishedAt: ({ item }) => item.workload.finishedAt,
  };
  const named = ({ item }: Searched<Holder>): string => nameOf(item);
  return {
    idOf: ({ item }) => item.id,
    textsOf: ({ item }) => [nameOf(item), item.owner],
    fields: { ...fields, [name]: named } as Searchable<Searched<Holder>, Name | ExpiringField>['fields'],
    byDefault: '-createdAt',
  };
};

type Read<Holder> = (page: PageRequest) => Promise<Page<Listed<Holder>>>;

interface ExpiringListDependencies<Holder extends Expiring, Filter extends string> {
  readonly kind: 'cluster' | 'session';
  readonly repository: Pick<ExpiringRepository<Holder, Filter>, 'list' | 'listAfter' | 'findIn'>;
  readonly grants: Pick<GrantRepository, 'heldBy'>;
}

interface Wanted<Filter> {
  readonly status: Filter;
  /** Left out: the person's own and what is shared with them. */
  readonly owner: 'mine' | 'shared' | 'all' | undefined;
}

/** Pages of clusters or sessions for one person. @throws Forbidden if somebody who is not an admin asks for those of all people */
export const readFor = <Holder extends Expiring, Filter extends string>(
  { kind, repository, grants }: ExpiringListDependencies<Holder, Filter>,
  { status, owner }: Wanted<Filter>,
  person: Person,
): Read<Holder> => {
  if (owner === 'all' && !isAdmin(person)) throw new Forbidden(`Only admins may list the ${kind}s of all people.`);
  if (owner === 'all' || owner === 'mine')
    return async (page) => {
      const { items, cursor } = await repository.list(status, owner === 'all' ? null : person.id, page);
      return { items: items.map((item) => ({ item, grants: [] })), cursor };
    };
  return sharedList<Holder>(
    {
      kind,
      grants,
      async load({ object }) {
        const found = await repository.findIn(status, object.id);
        return owner === 'shared' && found?.ownerId === person.id ? null : found;
      },
      ...(owner === undefined && { own: (after, limit) => repository.listAfter(status, person.id, after, limit) }),
      positionOf: (holder) => holder,
    },
    person,
  );
};

interface Narrowed {
  readonly owner?: string | undefined;
  readonly emrRelease?: string | undefined;
}

export type KeptExpiring<Holder extends Expiring, Filter> = (status: Filter) => KeptList<
  Listed<Holder>,
  Searched<Holder>
> & {
  readonly read: (page: PageRequest) => Promise<Page<Searched<Holder>>>;
};

/** Everybody's in one state, of whom hundreds run, and thousands ran. */
export const keptExpiring = <Holder extends Expiring, Filter extends string>(
  repository: Pick<ExpiringRepository<Holder, Filter>, 'searched' | 'findIn'>,
  clock: Clock,
): KeptExpiring<Holder, Filter> => {
  const lists = keptLists<Listed<Holder>, Searched<Holder>, Filter>(clock, async ({ item: { id } }, status) => {
    const item = await repository.findIn(status, id);
    return item === null ? null : { item, grants: [] };
  });
  return (status) => ({
    ...lists(status),
    async read(page) {
      const { items, cursor } = await repository.searched(status, page);
      return { items: items.map((item) => ({ item })), cursor };
    },
  });
};

/** Pages of everybody's. */
export const readEverybodys =
  <Holder extends Expiring, Filter extends string>(
    repository: Pick<ExpiringRepository<Holder, Filter>, 'list'>,
    status: Filter,
  ): Read<Holder> =>
  async (page) => {
    const { items, cursor } = await repository.list(status, null, page);
    return { items: items.map((item) => ({ item, grants: [] })), cursor };
  };

/** Whether one is the owner's and on the release that a list is narrowed to. */
export const isIn =
  ({ owner, emrRelease }: Narrowed) =>
  ({ item }: { readonly item: Pick<Expiring, 'owner' | 'emrRelease'> }): boolean =>
    isOwnedBy(item, owner) && (emrRelease === undefined || item.emrRelease === emrRelease);

/** Whether such a list is to be read and sorted as a whole. */
export const isNarrowed = ({ owner, emrRelease }: Narrowed): boolean => owner !== undefined || emrRelease !== undefined;
