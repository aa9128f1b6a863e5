import type { PersonView } from '../../shared/contract/routes/people.ts';
import { hasLeft } from '../../shared/domain/leavers.ts';
import { GROUPS } from '../../shared/domain/person.ts';
import type { PersonRepository } from '../ports/person-repository.ts';

/** More letters find the others. */
const MAX_PEOPLE = 25;

/** The pool's groups that people have; far above what a pool has. */
const MAX_GROUPS = 500;

/** Colleagues who have signed in, by the beginning of username or address, and the groups to share with. */
export const findPeople =
  ({ people }: { readonly people: Pick<PersonRepository, 'search' | 'groups'> }) =>
  async ({ query }: { readonly query: string }): Promise<{ items: PersonView[]; groups: string[] }> => {
    const [found, groups] = await Promise.all([people.search(query, MAX_PEOPLE), people.groups(MAX_GROUPS)]);
    return {
      items: found.filter((person) => !hasLeft(person)).map(({ id, username, email }) => ({ id, username, email })),
      groups: [...new Set([...Object.values(GROUPS), ...groups])].toSorted(),
    };
  };
