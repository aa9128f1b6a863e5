import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { plusHours, type Instant } from '../../shared/domain/instant.ts';
import {
  firstSeen,
  isNamedLike,
  possibleUsernames,
  seenAgain,
  type Person,
  type PersonRecord,
} from '../../shared/domain/person.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.person;
const GROUP = TABLE_KINDS.group;

interface Group {
  readonly name: string;
  readonly firstSeenAt: Instant;
}

/** Somebody may bring a group while others are forgotten. */
const GRACE_HOURS = 24;

const byUsername = (a: PersonRecord, b: PersonRecord): number =>
  Buffer.compare(Buffer.from(`${a.username}#${a.id}`), Buffer.from(`${b.username}#${b.id}`));

export const dynamoDbPersonRepository = (table: DynamoDbTable): PersonRepository => {
  const people = dynamoDbEntity<PersonRecord, string>(table, {
    noun: KIND,
    keyOf: (id) => ({ pk: `${KIND}#${id}`, sk: KIND }),
    idOf: ({ id }) => id,
    indexKeysOf: ({ id, username, outbox }) => ({
      kindKey: KIND,
      sortKey: `${username}#${id}`,
      ...mailKeys(KIND, outbox),
    }),
  });
  const groups = dynamoDbEntity<Group, string>(table, {
    noun: GROUP,
    keyOf: (name) => ({ pk: `${GROUP}#${name}`, sk: GROUP }),
    idOf: ({ name }) => name,
    indexKeysOf: ({ name }) => ({ kindKey: GROUP, sortKey: name }),
  });

  const allGroups: PartitionQuery = { table, index: 'byKind', partition: GROUP, order: 'ascending' };
  const everyone: PartitionQuery = { table, index: 'byKind', partition: KIND, order: 'ascending' };

  /** The address itself is no key: an address has one of two usernames, which are. */
  const withUsernames = async (usernames: readonly string[]): Promise<PersonRecord[]> => {
    const found = usernames.map(async (username) => {
      const records = await allOf({ ...everyone, startingWith: `${username}#` }, people.toItem);
      // Usernames may contain the separator too.
      return records.filter((record) => record.username === username);
    });
    return (await Promise.all(found)).flat();
  };

  const withAddress = async (email: string): Promise<PersonRecord[]> => {
    const [address = ''] = possibleUsernames(email);
    return (await withUsernames(possibleUsernames(email))).filter((record) => record.email.toLowerCase() === address);
  };

  const writeGroupsOf = async (person: Person, known: PersonRecord | null, now: Instant): Promise<void> => {
    const names = person.groups.filter((name) => known?.groups.includes(name) !== true);
    await Promise.all(names.map((name) => groups.create({ name, firstSeenAt: now })));
  };

  return {
    get: people.get,
    find: people.find,
    change: people.change,
    withUsername: (username) => withUsernames([username.trim().toLowerCase()]),
    withAddress,

    async seen(person, now) {
      const known = await people.find(person.id);
      // Before the person: written after, a crash in between would leave a group unknown for good.
      await writeGroupsOf(person, known, now);
      const record = firstSeen(person, now);
      if (known === null && (await people.create(record))) return record;
      return people.change(person.id, (current) => seenAgain(current, person, now));
    },

    async search(text, limit) {
      const start = text.trim().toLowerCase();
      const begun = start === '' ? everyone : { ...everyone, startingWith: start };
      const { items } = await pageOf(begun, people.toItem, { limit });
      // Colleagues whose username is the local part of the address that was begun.
      const [, localPart] = possibleUsernames(start);
      const colleagues = localPart === undefined ? [] : await withUsernames([localPart]);
      const found = new Map([...items, ...colleagues].map((record) => [record.id, record]));
      return [...found.values()]
        .filter((record) => isNamedLike(record, start))
        .toSorted(byUsername)
        .slice(0, limit);
    },

    list: (page) => pageOf(everyone, people.toItem, page),
    all: () => allOf(everyone, people.toItem),
    withUnsentMail: () => allOf({ ...everyone, index: 'outbox' }, people.toItem),

    isGroup: async (name) => (await groups.find(name)) !== null,

    async groups(limit) {
      const { items } = await pageOf(allGroups, groups.toItem, { limit });
      return items.map(({ name }) => name);
    },

    async keepGroups(names, now) {
      const stored = await allOf(allGroups, groups.toItem);
      const old = plusHours(now, -GRACE_HOURS);
      const forgotten = stored.filter(({ name, firstSeenAt }) => !names.has(name) && firstSeenAt < old);
      const known = new Set(stored.map(({ name }) => name));
      for (const { name } of forgotten) await groups.delete(name);
      for (const name of names) if (!known.has(name)) await groups.create({ name, firstSeenAt: now });
    },
  };
};
