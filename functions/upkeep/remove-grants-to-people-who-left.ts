import type { Grantee } from '../../shared/domain/grant.ts';
import { hasLeft } from '../../shared/domain/leavers.ts';
import { GROUPS } from '../../shared/domain/person.ts';
import { removeGrantsToTheGone } from '../access/remove-grants.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Task } from '../runtime/sweep.ts';

interface RemoveGrantsDependencies {
  readonly grants: Pick<GrantRepository, 'all' | 'remove'>;
  readonly people: Pick<PersonRepository, 'all' | 'find' | 'isGroup' | 'keepGroups'>;
  readonly clock: Clock;
}

const BUILT_IN: readonly string[] = Object.values(GROUPS);

/**
 * Ends sharing with leavers and with groups that nobody is in any more, whose names others may get one day.
 * @throws AwsThrottled, AwsFailed: nothing is removed where people cannot be read
 */
export const removeGrantsToPeopleWhoLeft = ({ grants, people, clock }: RemoveGrantsDependencies): Task => {
  // Asked for one by one: who signed in since everyone was listed is not gone.
  const isGone = async (to: Grantee): Promise<boolean> => {
    const name = to.slice(to.indexOf(':') + 1);
    if (to.startsWith('group:')) return !BUILT_IN.includes(name) && !(await people.isGroup(name));
    const person = await people.find(name);
    return person === null || hasLeft(person);
  };

  return async () => {
    const present = (await people.all()).filter((person) => !hasLeft(person));
    await people.keepGroups(new Set(present.flatMap(({ groups }) => groups)), clock.now());
    return removeGrantsToTheGone(grants, isGone);
  };
};
