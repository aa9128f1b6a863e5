import * as z from 'zod';

import { route } from '../route.ts';
import { adminUsage, usageQuery, usageTable } from '../usage.ts';

const common = { feature: 'admin', access: 'admin' } as const;

const upkeepItem = z.object({
  task: z.string(),
  everyMinutes: z.number(),
  lastStartedAt: z.string().nullable(),
  lastEndedAt: z.string().nullable(),
  durationMs: z.number().nullable(),
  /** Items. */
  handled: z.number().nullable(),
  /** The most recent one, also where later executions succeeded. */
  lastError: z.string().nullable(),
  lastErrorAt: z.string().nullable(),
  /** Executions that have started and not ended. */
  running: z.number(),
  /** By the clock of the request, as no other field of the API. */
  isOverdue: z.boolean(),
});

/** What admins see of the portal itself. */
export const adminMonitorRoutes = {
  listUpkeep: route({
    ...common,
    method: 'GET',
    path: '/api/admin/upkeep',
    summary: 'What each periodic task did last',
    response: z.object({ items: z.array(upkeepItem) }),
    status: 200,
  }),
  getUsage: route({
    ...common,
    method: 'GET',
    path: '/api/admin/usage',
    summary: 'Usage and cost of everybody, by day, person, group or kind; also as text/csv',
    query: usageQuery,
    response: adminUsage,
    csv: usageTable,
    status: 200,
  }),
};
