import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { Day, UsageKind } from '../../shared/domain/usage.ts';
import type { DayUsage } from '../../shared/domain/usage-report.ts';
import { noUsageDay, noUsageMonth, type UsageDay, type UsageMonth } from '../../shared/domain/usage-sums.ts';
import type { UsageSums } from '../ports/usage-sums.ts';
import { changeOrCreate, dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const MONTH = TABLE_KINDS.usageMonth;
const DAY = TABLE_KINDS.usageDay;

/** A day and kind without the names of its numbers. */
type StoredDay = readonly [
  day: Day,
  kind: UsageKind,
  started: number,
  seconds: number,
  nodeSeconds: number,
  normalizedHours: number,
  microDollars: number,
];

/** All days of a month are one text: a thousand of them are read in a tenth of the time that as many attributes take. */
type StoredMonth = Omit<UsageMonth, 'days'> & { readonly days: string };

const toStored = (usage: DayUsage): StoredDay => [
  usage.day,
  usage.kind,
  usage.started,
  usage.seconds,
  usage.nodeSeconds,
  usage.normalizedHours,
  usage.microDollars,
];

const fromStored = (
  { ownerId, owner }: Pick<UsageMonth, 'ownerId' | 'owner'>,
  [day, kind, started, seconds, nodeSeconds, normalizedHours, microDollars]: StoredDay,
): DayUsage => ({ ownerId, owner, kind, day, started, seconds, nodeSeconds, normalizedHours, microDollars });

const asText = {
  encode: (month: UsageMonth): StoredMonth => ({ ...month, days: JSON.stringify(month.days.map(toStored)) }),
  decode: (item: object): UsageMonth => {
    const month = item as StoredMonth;
    const days = JSON.parse(month.days) as readonly StoredDay[];
    return { ...month, days: days.map((day) => fromStored(month, day)) };
  },
};

type MonthKey = Pick<UsageMonth, 'ownerId' | 'month'>;

const partitionOf = (ownerId: string): string => `${MONTH}#${ownerId}`;

export const dynamoDbUsageSums = (table: DynamoDbTable): UsageSums => {
  const months = dynamoDbEntity<UsageMonth, MonthKey>(table, {
    noun: MONTH,
    keyOf: ({ ownerId, month }) => ({ pk: partitionOf(ownerId), sk: month }),
    idOf: ({ ownerId, month }) => ({ ownerId, month }),
    indexKeysOf: ({ ownerId, month }) => ({ kindKey: MONTH, sortKey: `${month}#${ownerId}` }),
    ...asText,
  });
  const days = dynamoDbEntity<UsageDay, Day>(table, {
    noun: DAY,
    keyOf: (day) => ({ pk: DAY, sk: day }),
    idOf: ({ day }) => day,
  });
  return {
    days: (from, to) =>
      allOf({ table, index: null, partition: DAY, between: [from, to], order: 'ascending' }, days.toItem),
    changeDay: (day, change) => changeOrCreate(days, day, noUsageDay(day), change),
    changeMonth: (key, owner, change) => changeOrCreate(months, key, noUsageMonth(key, owner), change),
    ofPerson: (ownerId, from, to) =>
      allOf(
        { table, index: null, partition: partitionOf(ownerId), between: [from, to], order: 'ascending' },
        months.toItem,
      ),
    // `~` sorts after the `#` that follows a month in the keys.
    ofEverybody: (from, to) =>
      allOf({ table, index: 'byKind', partition: MONTH, between: [from, `${to}~`], order: 'ascending' }, months.toItem),
  };
};
