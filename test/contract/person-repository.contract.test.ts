import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dynamoDbPersonRepository } from '../../functions/adapters/dynamodb-person-repository.ts';
import type { PersonRepository } from '../../functions/ports/person-repository.ts';
import { usernameFor, type Person } from '../../shared/domain/person.ts';
import { ALICE } from '../fakes/cluster.ts';
import { fakePersonRepository } from '../fakes/fake-person-repository.ts';
import { expiredMail } from '../fakes/mail.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const NOW = '2026-11-23T06:00:00.000Z';

const LONG = `${'l'.repeat(242)}@example.com`;

const ADDRESSES = [
  'alice@example.com',
  'Alice@Example.com',
  'alice@elsewhere.org',
  'bob+spark@example.com',
  "o'brien@example.com",
  '"quoted name@home"@example.com',
  'żółć@bücher.example',
  '日本語@example.com',
  'number#one@elsewhere.org',
  LONG,
];

const personWith = (email: string, changes: Partial<Person> = {}): Person => ({
  id: `sub-${email.slice(0, 60)}`,
  username: usernameFor(email, 'example.com'),
  email,
  groups: [],
  ...changes,
});

const emailsOf = (people: readonly Person[]): string[] => people.map(({ email }) => email);

const implementations: [string, () => Promise<PersonRepository>][] = [
  ['the fake', async () => fakePersonRepository()],
  ['DynamoDB', async () => dynamoDbPersonRepository(await dynamoDb.newTable())],
];

describe.each(implementations)('people in %s', (_name, start) => {
  it('are recorded at their first sign-in', async () => {
    const people = await start();
    const record = {
      ...ALICE,
      firstSeenAt: '2026-11-23T06:00:00.000Z',
      lastSeenAt: '2026-11-23T06:00:00.000Z',
      departure: null,
      outbox: [],
      version: 1,
    };
    expect(await people.seen(ALICE, '2026-11-23T06:00:00.000Z')).toEqual(record);
    expect(await people.get(ALICE.id)).toEqual(record);
  });

  it('keep their id while name, address and groups change', async () => {
    const people = await start();
    await people.seen(ALICE, '2026-11-23T06:00:00.000Z');
    const renamed = { ...ALICE, username: 'alice.smith', email: 'alice.smith@example.com', groups: ['admins'] };
    await people.seen(renamed, '2026-11-24T06:00:00.000Z');
    expect(await people.get(ALICE.id)).toEqual({
      ...renamed,
      firstSeenAt: '2026-11-23T06:00:00.000Z',
      lastSeenAt: '2026-11-24T06:00:00.000Z',
      departure: null,
      outbox: [],
      version: 2,
    });
  });

  it('are unknown before', async () => {
    await expect((await start()).get('sub-bob')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('are found by username and address, whatever the letters in it', async () => {
    const people = await start();
    for (const email of ADDRESSES) await people.seen(personWith(email), NOW);
    for (const email of ADDRESSES.slice(2)) {
      expect(emailsOf(await people.withAddress(email)), email).toEqual([email]);
      expect(emailsOf(await people.withAddress(email.toUpperCase().toLowerCase())), email).toEqual([email]);
      expect(emailsOf(await people.withUsername(usernameFor(email, 'example.com'))), email).toEqual([email]);
      expect(emailsOf(await people.search(email, 25)), email).toEqual([email]);
      expect(emailsOf(await people.search(email.slice(0, 4), 25)), email).toContain(email);
    }
    expect(LONG).toHaveLength(254);
    expect(await people.withUsername('nobody')).toEqual([]);
    expect(await people.withAddress('nobody@example.com')).toEqual([]);
    // The beginning of another username, and of the key behind it.
    expect(await people.withUsername('number')).toEqual([]);
    expect(await people.search("o'brien#sub", 25)).toEqual([]);
  });

  it('are all found where their addresses differ by case only', async () => {
    const people = await start();
    for (const email of ADDRESSES) await people.seen(personWith(email), NOW);
    const both = ['Alice@Example.com', 'alice@example.com'];
    expect(emailsOf(await people.withUsername('ALICE')).toSorted()).toEqual(both);
    expect(emailsOf(await people.withAddress('ALICE@example.com')).toSorted()).toEqual(both);
    expect(emailsOf(await people.search('alice@ex', 25)).toSorted()).toEqual(both);
    expect(emailsOf(await people.search('aLi', 25)).toSorted()).toEqual([
      'Alice@Example.com',
      'alice@elsewhere.org',
      'alice@example.com',
    ]);
  });

  it('are searched in the order of their usernames, and not more of them than asked for', async () => {
    const people = await start();
    for (const name of ['cleo', 'ada', 'dora', 'bea']) await people.seen(personWith(`${name}@example.com`), NOW);
    expect(emailsOf(await people.search('', 3))).toEqual(['ada@example.com', 'bea@example.com', 'cleo@example.com']);
    expect(await people.search('x', 3)).toEqual([]);
  });

  it('are listed page by page', async () => {
    const people = await start();
    for (const name of ['cleo', 'ada', 'bea']) await people.seen(personWith(`${name}@example.com`), NOW);
    const first = await people.list({ limit: 2 });
    expect(emailsOf(first.items)).toEqual(['ada@example.com', 'bea@example.com']);
    const second = await people.list({ limit: 2, cursor: first.cursor ?? '' });
    expect(emailsOf(second.items)).toEqual(['cleo@example.com']);
    expect(second.cursor).toBeNull();
  });

  it('are found by their new name alone once it has changed at the provider', async () => {
    const people = await start();
    await people.seen(personWith('alice@example.com', { id: 'sub-1' }), NOW);
    const renamed = personWith('alice.smith@example.com', { id: 'sub-1' });
    await people.seen(renamed, NOW);
    expect(await people.withUsername('alice')).toEqual([]);
    expect(await people.withAddress('alice@example.com')).toEqual([]);
    expect(await people.withUsername('alice.smith')).toMatchObject([{ id: 'sub-1' }]);
    expect(await people.find('sub-1')).toMatchObject(renamed);
    expect(await people.find('sub-2')).toBeNull();
  });

  it('bring their groups, which are known from then on', async () => {
    const people = await start();
    await people.seen(personWith('ada@example.com', { groups: ['analysts', 'admins'] }), NOW);
    await people.seen(personWith('bea@example.com', { groups: ['analysts'] }), NOW);
    expect(await people.groups(10)).toEqual(['admins', 'analysts']);
    // Their groups may change.
    await people.seen(personWith('bea@example.com', { groups: ['Größe/ß', 'writers'] }), NOW);
    expect(await people.groups(10)).toEqual(['Größe/ß', 'admins', 'analysts', 'writers']);
    expect(await people.groups(2)).toHaveLength(2);
    expect(await people.isGroup('Größe/ß')).toBe(true);
    expect(await people.isGroup('strangers')).toBe(false);
  });

  it('who have left are back with their next sign-in, and their mails stay', async () => {
    const people = await start();
    await people.seen(ALICE, NOW);
    const departure = { reason: 'disabled', at: NOW, clusters: [], jobs: [], settledAt: null } as const;
    const outbox = [expiredMail('m', NOW)];
    expect(await people.change(ALICE.id, (person) => ({ ...person, departure, outbox }))).toMatchObject({ version: 2 });
    expect(await people.all()).toMatchObject([{ departure }]);
    expect(await people.withUnsentMail()).toMatchObject([{ id: ALICE.id }]);
    expect(await people.seen(ALICE, '2026-11-24T06:00:00.000Z')).toMatchObject({ departure: null, outbox });
    await people.change(ALICE.id, (person) => ({ ...person, outbox: [] }));
    expect(await people.withUnsentMail()).toEqual([]);
  });

  it('have groups that are forgotten a day after they were first seen, once nobody has them', async () => {
    const people = await start();
    await people.seen(personWith('ada@example.com', { groups: ['analysts', 'writers'] }), NOW);
    await people.keepGroups(new Set(['writers', 'editors']), '2026-11-24T06:00:00.000Z');
    expect(await people.groups(10)).toEqual(['analysts', 'editors', 'writers']);
    await people.keepGroups(new Set(['writers']), '2026-11-24T06:00:01.000Z');
    expect(await people.groups(10)).toEqual(['editors', 'writers']);
    expect(await people.isGroup('analysts')).toBe(false);
  });
});
