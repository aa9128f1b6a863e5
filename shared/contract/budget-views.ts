import * as z from 'zod';

import { BUDGET_LEVELS } from '../domain/budget.ts';

/** What a person may see of their own budget; null where they have none. */
export const budgetView = z.object({
  /** US dollars a month. */
  limit: z.number(),
  /** US dollars: of what has ended, as billed; of what runs, what it will have cost at its end. */
  used: z.number(),
  level: z.enum(BUDGET_LEVELS),
});

export type BudgetView = z.output<typeof budgetView>;

/** What a launch would do to budgets. */
export const budgetEffect = z.object({
  /** Of the person this month; null: none. */
  limit: z.number().nullable(),
  used: z.number(),
  /** What it would count with in all, in this month and the next. */
  added: z.number(),
  /** Why it would be refused, for whichever budget has no room; null: it would not. */
  refusal: z.string().nullable(),
});

export type BudgetEffect = z.output<typeof budgetEffect>;

/** What is launched, named: the machines of a cluster; empty on EMR Serverless. */
export const machines = z.array(z.object({ count: z.number(), instanceType: z.string() }));

/** The most workers that there may be on EMR Serverless, driver included; null on a cluster. */
export const serverlessWorkers = z
  .object({ count: z.number(), vCpu: z.number(), memoryGb: z.number(), storageGb: z.number() })
  .nullable();
