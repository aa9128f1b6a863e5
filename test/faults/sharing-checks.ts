import type { GrantRepository } from '../../functions/ports/grant-repository.ts';
import { granteesOf, type SharedKind } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import { ADMIN } from './people.ts';
import type { Answer } from './portal-api.ts';

interface Owned {
  readonly id: string;
  readonly ownerId: string;
}

/** Tells when somebody changes what is another's without a share that lets them. */
export const sharingChecks =
  (grants: Pick<GrantRepository, 'on'>, violated: (what: string) => void) =>
  async (person: Person, kind: SharedKind, { id, ownerId }: Owned, act: () => Promise<Answer>): Promise<void> => {
    const mayManage = async (): Promise<boolean> =>
      [ownerId, ADMIN.id].includes(person.id) ||
      (await grants.on(kind, id)).some(({ to, level }) => level === 'manage' && granteesOf(person).includes(to));
    const couldManage = await mayManage();
    const answer = await act();
    // A share may begin or end meanwhile.
    if (answer !== null && answer.status < 300 && !couldManage && !(await mayManage()))
      violated(`${person.username} changed the ${kind} ${id} of ${ownerId}`);
  };

export type SharingChecks = ReturnType<typeof sharingChecks>;
