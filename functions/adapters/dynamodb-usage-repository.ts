import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { noUsage, usageKeyOf, type Usage, type UsageEntry, type UsageKey } from '../../shared/domain/usage.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.usage;

const partitionOf = (ownerId: string): string => `${KIND}#${ownerId}`;

/** An entry without the names of its numbers: 9,000 of them are within DynamoDB's 400 KB for an item. */
type StoredEntry = readonly [
  started: 0 | 1,
  seconds: number,
  nodeSeconds: number,
  dollars: number,
  normalizedHours: number,
  version: number,
];

const toStored = ({ started, seconds, nodeSeconds, dollars, normalizedHours, version }: UsageEntry): StoredEntry => [
  started,
  seconds,
  nodeSeconds,
  dollars,
  normalizedHours,
  version,
];

const fromStored = ([started, seconds, nodeSeconds, dollars, normalizedHours, version]: StoredEntry): UsageEntry => ({
  started,
  seconds,
  nodeSeconds,
  dollars,
  normalizedHours,
  version,
});

const mapped = <From, To>(entries: Readonly<Record<string, From>>, map: (entry: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, map(entry)]));

type StoredUsage = Omit<Usage, 'entries'> & { readonly entries: Readonly<Record<string, StoredEntry>> };

export const usageAsNumbers = {
  encode: (usage: Usage): StoredUsage => ({ ...usage, entries: mapped(usage.entries, toStored) }),
  decode: (stored: object): Usage => {
    const usage = stored as StoredUsage;
    return { ...usage, entries: mapped(usage.entries, fromStored) };
  },
};

export const dynamoDbUsageRepository = (table: DynamoDbTable): UsageRepository => {
  const stored = dynamoDbEntity<Usage, UsageKey>(table, {
    noun: KIND,
    keyOf: ({ ownerId, kind, day, part }) => ({ pk: partitionOf(ownerId), sk: `${day}#${kind}#${part}` }),
    idOf: ({ ownerId, kind, day, part }) => ({ ownerId, kind, day, part }),
    indexKeysOf: (usage) => ({ kindKey: KIND, sortKey: usageKeyOf(usage) }),
    ...usageAsNumbers,
  });
  return {
    async change(key, owner, change) {
      try {
        return await stored.change(key, change);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        const empty = noUsage(key, owner);
        if (change(empty) === empty) return empty;
        // Two may create it at once: the change applies to the item that exists then.
        await stored.create(empty);
        return stored.change(key, change);
      }
    },

    // `~` sorts after the `#` that follows a day in the keys.
    ofPerson: (ownerId, from, to) =>
      allOf(
        { table, index: null, partition: partitionOf(ownerId), between: [from, `${to}~`], order: 'ascending' },
        stored.toItem,
      ),
    ofEverybody: (from, to) =>
      allOf({ table, index: 'byKind', partition: KIND, between: [from, `${to}~`], order: 'ascending' }, stored.toItem),
  };
};
