import * as z from 'zod';

import { route } from '../route.ts';

export const overviewView = z.object({
  /** Active ones, those that wait for their launch included. */
  clusters: z.number(),
  sessions: z.number(),
  runs: z.number(),
  /** Dollars, of all that EMR has taken. */
  hourlyCost: z.number(),
  launchesWaiting: z.number(),
  /** Terminated in the last 24 hours. */
  orphans: z.number(),
  /** Refused by SES, or bounced for good, in the last 24 hours. */
  failedMails: z.number(),
  /** Launches that EMR did not take in the last 24 hours. */
  throttled: z.number(),
  launches: z.object({ isPaused: z.boolean(), reason: z.string().nullable() }),
  overdueTasks: z.number(),
});

export const adminOverviewRoutes = {
  getOverview: route({
    feature: 'admin',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/overview',
    summary: 'What runs now, what it costs an hour, and what needs attention',
    response: overviewView,
    status: 200,
  }),
};
