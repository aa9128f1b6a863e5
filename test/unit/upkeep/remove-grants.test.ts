import { describe, expect, it } from 'vitest';

import { removeGrantsToPeopleWhoLeft } from '../../../functions/upkeep/remove-grants-to-people-who-left.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import type { Grantee } from '../../../shared/domain/grant.ts';
import { firstSeen } from '../../../shared/domain/person.ts';
import { ALICE, at, BOB, readyCluster } from '../../fakes/cluster.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { grantOnCluster } from '../../fakes/grant.ts';
import { testClock } from '../../fakes/test-clock.ts';

const GRANTEES: readonly Grantee[] = [
  'user:sub-alice',
  'user:sub-bob',
  'user:sub-nobody',
  'group:analysts',
  'group:closed',
  'group:admins',
];

/** Alice is in analysts; Bob, the last of closed, has left. */
const begin = async () => {
  const people = fakePersonRepository(
    firstSeen({ ...ALICE, groups: ['analysts'] }, at('06:00:00')),
    firstSeen({ ...BOB, groups: ['closed'] }, at('06:00:00')),
  );
  const departure = {
    reason: 'disabled',
    at: at('06:10:00'),
    clusters: [],
    jobs: [],
    settledAt: at('06:10:00'),
  } as const;
  await people.change(BOB.id, (person) => ({ ...person, departure }));
  const grants = fakeGrantRepository(...GRANTEES.map((to) => grantOnCluster(readyCluster(), to)));
  const clock = testClock(at('06:20:00'));
  const left = async () => (await grants.on('cluster', 'c1')).map(({ to }) => to);
  return { people, grants, clock, left, remove: removeGrantsToPeopleWhoLeft({ grants, people, clock }) };
};

describe('sharing with those who have gone', () => {
  it('ends for leavers at once, for groups a day after nobody is in them, and never for the portal’s own groups', async () => {
    const { remove, left, clock, people } = await begin();
    expect(await remove()).toBe(2);
    expect(await left()).toEqual(['group:admins', 'group:analysts', 'group:closed', 'user:sub-alice']);
    clock.advance(24 * 60);
    expect(await remove()).toBe(1);
    expect(await left()).toEqual(['group:admins', 'group:analysts', 'user:sub-alice']);
    expect(await people.isGroup('closed')).toBe(false);
    expect(await remove()).toBe(0);
  });

  it('goes on for somebody who signed in since everyone was listed', async () => {
    const { people, remove, left } = await begin();
    const { all } = people;
    people.all = async () => {
      const everyone = await all();
      await people.seen({ ...BOB, groups: ['closed'] }, at('06:20:00'));
      return everyone.filter(({ id }) => id !== BOB.id);
    };
    await remove();
    expect(await left()).toContain('user:sub-bob');
  });

  it('ends for nobody where people cannot be read', async () => {
    const { people, remove, left } = await begin();
    people.all = () => Promise.reject(new AwsThrottled('busy'));
    await expect(remove()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await left()).toHaveLength(GRANTEES.length);
  });
});
