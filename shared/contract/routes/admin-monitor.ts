import * as z from 'zod';

import { MAIL_STATES } from '../../domain/mail-record.ts';
import { pageOf, pageQuery } from '../fields.ts';
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
  /** When an execution last started, ended or failed; null where none did. */
  modifiedAt: z.string().nullable(),
  /** By the clock of the request, as no other field of the API. */
  isOverdue: z.boolean(),
});

export type UpkeepItem = z.output<typeof upkeepItem>;

const alert = z.object({
  id: z.string(),
  kind: z.string(),
  to: z.string(),
  /** `id` is that of the object's page: a cluster's id, a job's identifier, a run's job and id, a username, a budget's account. */
  about: z.object({ kind: z.enum(['budget', 'cluster', 'session', 'spark-job', 'run', 'person']), id: z.string() }),
  state: z.enum(MAIL_STATES),
  createdAt: z.string(),
  /** When SES took it; it may have bounced since. */
  sentAt: z.string().nullable(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  modifiedAt: z.string(),
});

export type AlertView = z.output<typeof alert>;

const alertQuery = pageQuery.extend({
  state: z.enum(MAIL_STATES, { error: `Give state as ${MAIL_STATES.join(', ')}, or leave it out.` }).optional(),
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
  listAlerts: route({
    ...common,
    method: 'GET',
    path: '/api/admin/alerts',
    summary: 'Mails that were sent, wait or failed, newest first',
    query: alertQuery,
    response: pageOf(alert),
    status: 200,
  }),
  resendAlert: route({
    ...common,
    method: 'POST',
    path: '/api/admin/alerts/{id}/resend',
    summary: 'Send a mail again, within a minute',
    response: alert,
    status: 202,
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
