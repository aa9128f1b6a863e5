import { describe, expect, it } from 'vitest';

import { resolvePerson } from '../../../functions/access/resolve-person.ts';
import { findPeople } from '../../../functions/people/find-people.ts';
import { peopleRoutes } from '../../../shared/contract/routes/people.ts';
import { usernameFor } from '../../../shared/domain/person.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';

const NOW = '2026-11-23T06:00:00.000Z';

const seen = async (...addresses: readonly string[]) => {
  const people = fakePersonRepository();
  for (const [number, email] of addresses.entries()) {
    const person = { id: `sub-${number}`, username: usernameFor(email, 'example.com'), email, groups: ['analysts'] };
    await people.seen(person, NOW);
  }
  return people;
};

describe('looking up colleagues', () => {
  it('answers who has signed in, without their groups or when, and the groups to share with', async () => {
    const find = findPeople({ people: await seen('alice@example.com', 'bob@elsewhere.org') });
    expect(await find({ query: 'ALICE' })).toEqual({
      items: [{ id: 'sub-0', username: 'alice', email: 'alice@example.com' }],
      groups: ['admins', 'analysts', 'cluster-maintainers', 'job-maintainers'],
    });
  });

  it('answers the first 25', async () => {
    const many = Array.from({ length: 30 }, (_, number) => `p${String(number).padStart(2, '0')}@example.com`);
    const { items } = await findPeople({ people: await seen(...many) })({ query: '' });
    expect(items).toHaveLength(25);
    expect(items.at(-1)).toMatchObject({ username: 'p24' });
  });

  it('takes a query as long as an address, and none', () => {
    const { query } = peopleRoutes.findPeople;
    expect(query.parse({})).toEqual({ query: '' });
    expect(query.safeParse({ query: 'a'.repeat(254) }).success).toBe(true);
    expect(query.safeParse({ query: 'a'.repeat(255) }).error?.issues[0]?.message).toMatch(/at most 254 characters/);
  });
});

describe('the person whom a request names', () => {
  const named = async (name: string, ...addresses: readonly string[]) =>
    resolvePerson({ people: await seen(...addresses) })(name, 'owner');

  it.each(['alice', 'ALICE', ' alice ', 'alice@example.com', 'Alice@Example.com', 'sub-0'])(
    'is found as %j',
    async (name) => {
      expect(await named(name, 'alice@example.com', 'alice@elsewhere.org')).toMatchObject({ id: 'sub-0' });
    },
  );

  it.each(['', '  ', 'nobody', 'nobody@example.com', 'a'.repeat(3000)])('is refused as %j', async (name) => {
    await expect(named(name, 'alice@example.com')).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field: 'owner', message: expect.stringMatching(/has signed in\. Give the username or address/) }],
    });
  });

  it('is asked for by address where the username is of several', async () => {
    const both = ['alice@example.com', 'Alice@example.com'];
    for (const name of ['alice', 'ALICE@EXAMPLE.COM'])
      await expect(named(name, ...both)).rejects.toMatchObject({
        errors: [{ field: 'owner', message: expect.stringMatching(/address.*alice@example\.com, Alice@example\.com/) }],
      });
    expect(await named('alice@example.com', ...both)).toMatchObject({ id: 'sub-0' });
    expect(await named('Alice@example.com', ...both)).toMatchObject({ id: 'sub-1' });
  });

  it('is nobody who has left, unless somebody else has the name now', async () => {
    const people = await seen('alice@example.com', 'bob@example.com');
    const departure = { reason: 'deleted', at: NOW, clusters: [], jobs: [], settledAt: NOW } as const;
    await people.change('sub-0', (person) => ({ ...person, departure }));
    for (const name of ['alice', 'alice@example.com', 'sub-0'])
      await expect(resolvePerson({ people })(name, 'owner')).rejects.toMatchObject({
        errors: [{ field: 'owner', message: 'alice (alice@example.com) has left. Name a person who still signs in.' }],
      });
    expect((await findPeople({ people })({ query: '' })).items).toMatchObject([{ username: 'bob' }]);
    await people.seen({ id: 'sub-9', username: 'alice', email: 'alice@example.com', groups: [] }, NOW);
    expect(await resolvePerson({ people })('alice', 'owner')).toMatchObject({ id: 'sub-9' });
  });
});
