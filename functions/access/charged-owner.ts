import type { PersonRepository } from '../ports/person-repository.ts';
import type { Charged } from './budget-commitments.ts';

interface Owned {
  readonly ownerId: string;
  readonly owner: string;
  readonly ownerEmail: string;
}

export type ChargedOwner = (object: Owned) => Promise<Charged>;

/** Whose budgets an object counts in: its owner's, with the groups that they had when they last signed in. */
export const chargedOwner =
  ({ people }: { readonly people: Pick<PersonRepository, 'find'> }): ChargedOwner =>
  async ({ ownerId, owner, ownerEmail }) =>
    (await people.find(ownerId)) ?? { id: ownerId, username: owner, email: ownerEmail, groups: [] };
