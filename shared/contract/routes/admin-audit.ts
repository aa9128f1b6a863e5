import * as z from 'zod';

import { AUDIT_ACTIONS, AUDITED_KINDS } from '../../domain/audit.ts';
import { MAX_ADDRESS_LENGTH } from '../../domain/person.ts';
import { instant, pageOf, pageQuery } from '../fields.ts';
import { route } from '../route.ts';

export const auditEntryView = z.object({
  at: z.string(),
  /** The username at that moment; `atmo` for what the portal did by itself. */
  actor: z.string(),
  actorId: z.string().nullable(),
  action: z.enum(AUDIT_ACTIONS),
  object: z.object({ kind: z.enum(AUDITED_KINDS), id: z.string() }),
  detail: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
  ),
  sourceIp: z.string().nullable(),
  requestId: z.string(),
});

export type AuditEntryView = z.output<typeof auditEntryView>;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A time, or a whole day in UTC, which counts from its first second to its last. */
const timeOrDay = (ofDay: '00:00:00' | '23:59:59') =>
  z
    .string()
    .transform((text) => (DAY.test(text) ? `${text}T${ofDay}Z` : text))
    .pipe(instant);

export const auditQuery = pageQuery.extend({
  actor: z
    .string()
    .trim()
    .min(1, { error: 'Give a username, or atmo for the portal itself.' })
    .max(MAX_ADDRESS_LENGTH, { error: `Shorten actor to at most ${MAX_ADDRESS_LENGTH} characters.` })
    .optional(),
  action: z.enum(AUDIT_ACTIONS, { error: `Give action as one of ${AUDIT_ACTIONS.join(', ')}.` }).optional(),
  /** An id, or kind and id as `spark-job:daily-report`. */
  object: z
    .string()
    .trim()
    .min(1, { error: 'Give the id of an object, for example spark-job:daily-report.' })
    .max(400, { error: 'Shorten object to at most 400 characters.' })
    .optional(),
  from: timeOrDay('00:00:00').optional(),
  to: timeOrDay('23:59:59').optional(),
});

export const adminAuditRoutes = {
  listAudit: route({
    feature: 'admin',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/audit',
    summary: 'Who did what to which object, newest first; a page may be short, and has a cursor then',
    query: auditQuery,
    response: pageOf(auditEntryView),
    status: 200,
  }),
};
