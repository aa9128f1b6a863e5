import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { noUsage, usageKeyOf, type Usage, type UsageEntry, type UsageKey } from '../../shared/domain/usage.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import { changeOrCreate, dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf, firstOf } from './dynamodb-query.ts';
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
  const everything = { table, index: 'byKind', partition: KIND, order: 'ascending' } as const;
  return {
    change: (key, owner, change) => changeOrCreate(stored, key, noUsage(key, owner), change),

    // `~` sorts after the `#` that follows a day in the keys.
    ofPerson: (ownerId, from, to) =>
      allOf(
        { table, index: null, partition: partitionOf(ownerId), between: [from, `${to}~`], order: 'ascending' },
        stored.toItem,
      ),
    ofEverybody: (from, to) => allOf({ ...everything, between: [from, `${to}~`] }, stored.toItem),
    async firstDay() {
      const [first] = await firstOf(everything, stored.toItem, 1);
      return first?.day ?? null;
    },
  };
};
