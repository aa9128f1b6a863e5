import { Forbidden } from '../../shared/domain/errors.ts';
import type { Expiring } from '../../shared/domain/expiring.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { isAdmin, type Person } from '../../shared/domain/person.ts';
import { isOwnedBy, type Searchable } from '../../shared/domain/search.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import { sharedList, type Listed } from './shared-list.ts';

type ExpiringField = 'owner' | 'size' | 'status' | 'emrRelease' | 'createdAt' | 'expiresAt' | 'finishedAt';

/** How clusters and sessions are searched and sorted. @param name the field of the API that names one */
export const searchableExpiring = <Holder extends Expiring, const Name extends string>(
  name: Name,
  nameOf: (holder: Holder) => string,
): Searchable<Listed<Holder>, Name | ExpiringField> => {
  const fields: Record<ExpiringField, (listed: Listed<Holder>) => string | number | null> = {
    owner: ({ item }) => item.owner,
    size: ({ item }) => item.size,
    status: ({ item }) => item.workload.status,
    emrRelease: ({ item }) => item.emrRelease,
    createdAt: ({ item }) => item.createdAt,
    expiresAt: ({ item }) => item.expiresAt,
    finishedAt: ({ item }) => item.workload.finishedAt,
  };
  const named = ({ item }: Listed<Holder>): string => nameOf(item);
  return {
    idOf: ({ item }) => item.id,
    textsOf: ({ item }) => [nameOf(item), item.owner],
    fields: { ...fields, [name]: named } as Searchable<Listed<Holder>, Name | ExpiringField>['fields'],
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

interface Narrowed<Filter> {
  readonly status: Filter;
  readonly owner?: string | undefined;
  readonly emrRelease?: string | undefined;
}

/** Pages of everybody's, narrowed to an owner or a release: a page then has fewer than were read. */
export const readEverybodys =
  <Holder extends Expiring, Filter extends string>(
    repository: Pick<ExpiringRepository<Holder, Filter>, 'list'>,
    { status, owner, emrRelease }: Narrowed<Filter>,
  ): Read<Holder> =>
  async (page) => {
    const { items, cursor } = await repository.list(status, null, page);
    const wanted = items.filter(
      (holder) => isOwnedBy(holder, owner) && (emrRelease === undefined || holder.emrRelease === emrRelease),
    );
    return { items: wanted.map((item) => ({ item, grants: [] })), cursor };
  };

/** Whether such a list is to be read and sorted as a whole. */
export const isNarrowed = ({ owner, emrRelease }: Omit<Narrowed<string>, 'status'>): boolean =>
  owner !== undefined || emrRelease !== undefined;
