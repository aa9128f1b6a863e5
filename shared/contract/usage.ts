import * as z from 'zod';

import { budgetView } from './budget-views.ts';

const counted = {
  /** Clusters, sessions and runs whose billed time began. */
  clusters: z.number(),
  sessions: z.number(),
  runs: z.number(),
  /** Billed hours of workloads, and of all their nodes. */
  hours: z.number(),
  instanceHours: z.number(),
  /** As EMR counts them, on the day on which a workload ended. */
  normalizedInstanceHours: z.number(),
  /** In the currency of the answer. */
  cost: z.number(),
};

export const usageSum = z.object(counted);

export const USAGE_ROWS = ['day', 'person', 'group', 'kind'] as const;
export const adminUsage = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(USAGE_ROWS),
  currency: z.string(),
  /** `key` is a day, a username, a group (empty: people without one) or a kind; `id` the id of a person. */
  items: z.array(z.object({ key: z.string(), id: z.string().nullable(), ...counted })),
  /** Of everything once: a person of several groups is in the row of each. */
  total: usageSum,
});

export type AdminUsage = z.output<typeof adminUsage>;

export const myUsage = z.object({
  month: z.string(),
  /** What the month has cost. */
  total: z.number(),
  currency: z.string(),
  budget: budgetView.nullable(),
  byDay: z.array(z.object({ day: z.string(), ...counted })),
  byKind: z.array(z.object({ kind: z.string(), ...counted })),
});

export type MyUsage = z.output<typeof myUsage>;

const day = (field: string) => z.iso.date({ error: `Give ${field} as a day, for example 2026-11-23.` });

export const usageQuery = z.strictObject({
  from: day('from').optional(),
  to: day('to').optional(),
  by: z.enum(USAGE_ROWS, { error: `Give by as ${USAGE_ROWS.join(', ')}.` }).default('day'),
});

export const monthQuery = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'Give month as year and month, for example 2026-11.' })
    .optional(),
});

const COLUMNS = ['clusters', 'sessions', 'runs', 'hours', 'instanceHours', 'normalizedInstanceHours', 'cost'] as const;

/** The rows of an answer as a table with a header line. */
export const usageTable = ({ from, to, by, currency, items }: AdminUsage) => ({
  fileName: `atmo-usage-${from}-${to}-by-${by}.csv`,
  rows: [
    [by, ...COLUMNS, 'currency'],
    ...items.map((item) => [item.key, ...COLUMNS.map((column) => item[column]), currency]),
  ],
});
