import { beginningOf } from './bounded-text.ts';
import { plusHours, type Instant } from './instant.ts';
import type { Caller } from './person.ts';

/** What the audit trail records. Each name is the kind of object and what is done to it. */
export const AUDIT_ACTIONS = [
  'cluster.launch',
  'cluster.extend',
  'cluster.terminate',
  'cluster.expire',
  'cluster.end-by-emr',
  'cluster.relaunch',
  'cluster.withdraw-launch',
  'cluster.give-up-launch',
  'cluster.refuse-launch',
  'cluster.refuse-extend',
  'cluster.share',
  'cluster.transfer',
  'cluster.open-spark-ui',
  'cluster.start-session',
  'cluster.connect',
  'session.launch',
  'session.connect',
  'session.open-spark-ui',
  'session.refuse-launch',
  'session.refuse-extend',
  'session.extend',
  'session.terminate',
  'session.expire',
  'session.end-by-emr',
  'session.relaunch',
  'session.withdraw-launch',
  'session.give-up-launch',
  'session.share',
  'spark-job.create',
  'spark-job.edit',
  'spark-job.enable',
  'spark-job.disable',
  'spark-job.delete',
  'spark-job.run',
  'spark-job.refuse-run',
  'spark-job.expire',
  'spark-job.share',
  'spark-job.transfer',
  'run.terminate',
  'run.time-out',
  'run.open-spark-ui',
  'run.relaunch',
  'run.withdraw-launch',
  'run.give-up-launch',
  'ssh-key.add',
  'ssh-key.delete',
  'orphan.terminate',
  'emr-release.save',
  'emr-release.delete',
  'settings.change',
  'launches.pause',
  'launches.resume',
  'announcement.change',
  'quotas.change',
  'budgets.change',
  'mail.resend',
  'person.leave',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The `actor` of what the portal does by itself. */
export const PORTAL_ACTOR = 'atmo';

export const AUDITED_KINDS = [
  'cluster',
  'session',
  'spark-job',
  'run',
  'ssh-key',
  'orphan',
  'emr-release',
  'settings',
  'announcement',
  'quotas',
  'budgets',
  'launches',
  'mail',
  'person',
] as const;

export type AuditedKind = (typeof AUDITED_KINDS)[number];

/** What was acted on: a cluster by its id, a job by its identifier, a run by both its job's identifier and its id. */
export interface AuditedObject {
  readonly kind: AuditedKind;
  readonly id: string;
}

/** A run is found by its job, too. */
export const auditedRun = (jobIdentifier: string, runId: string) => ({
  kind: 'run' as const,
  id: `${jobIdentifier}/${runId}`,
});

/** Small facts about the act: sizes, names, what changed. Never a key, a secret or the value of a parameter. */
export type AuditDetail = Readonly<Record<string, AuditValue>>;

type AuditValue = string | number | boolean | null | readonly string[];

/** One act on one object, written before it is done: an act that failed afterwards has an entry too. */
export interface AuditEntry {
  readonly at: Instant;
  /** The username at that moment, or `PORTAL_ACTOR`. */
  readonly actor: string;
  /** The person's id, which outlasts their name; null where the portal acts. */
  readonly actorId: string | null;
  readonly action: AuditAction;
  readonly object: AuditedObject;
  readonly detail: AuditDetail;
  /** Null where the portal acts. */
  readonly sourceIp: string | null;
  /** Of the HTTP request; of the execution or the invocation where the portal acts. */
  readonly requestId: string;
}

export interface AuditedAct {
  readonly action: AuditAction;
  readonly object: AuditedObject;
  readonly detail?: AuditDetail;
}

/** Days for which an entry is kept. */
const AUDIT_DAYS = 365;

export const auditKeptSince = (now: Instant): Instant => plusHours(now, -24 * AUDIT_DAYS);
export const auditKeptUntil = ({ at }: Pick<AuditEntry, 'at'>): Instant => plusHours(at, 24 * AUDIT_DAYS);

/** Bytes of a text, of each text of a list, and texts of a list: a page of 100 entries stays below 1 MB. */
const MAX_TEXT = 400;
const MAX_LISTED_TEXT = 120;
const MAX_TEXTS = 20;

const boundedList = (texts: readonly string[]): readonly string[] => {
  const more = texts.length - MAX_TEXTS;
  const shown = texts.slice(0, MAX_TEXTS).map((text) => beginningOf(text, MAX_LISTED_TEXT));
  return more > 0 ? [...shown, `and ${more} more`] : shown;
};

const boundedValue = (value: AuditValue): AuditValue => {
  if (typeof value === 'string') return beginningOf(value, MAX_TEXT);
  return typeof value === 'object' && value !== null ? boundedList(value) : value;
};

const bounded = (detail: AuditDetail): AuditDetail =>
  Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, boundedValue(value)]));

/** Somebody may be called like the portal. */
const actorNameOf = ({ username, email }: Caller): string => (username === PORTAL_ACTOR ? email : username);

/** The entry of what a person is about to do. */
export const actOf = (caller: Caller, { action, object, detail = {} }: AuditedAct, now: Instant): AuditEntry => ({
  at: now,
  actor: actorNameOf(caller),
  actorId: caller.id,
  action,
  object,
  detail: bounded(detail),
  ...caller.request,
});

/**
 * The entry of what the portal is about to do by itself.
 * @param requestId of the execution or the invocation
 */
export const ownAct = ({ action, object, detail = {} }: AuditedAct, requestId: string, now: Instant): AuditEntry => ({
  at: now,
  actor: PORTAL_ACTOR,
  actorId: null,
  action,
  object,
  detail: bounded(detail),
  sourceIp: null,
  requestId,
});

/** What a list of entries is narrowed to; null: not by this. */
export interface AuditFilter {
  /** In any case; as they were called when they acted. */
  readonly actor: string | null;
  readonly action: AuditAction | null;
  /** A job's identifier stands for its runs, too. */
  readonly object: { readonly kind: AuditedKind | null; readonly id: string } | null;
  /** Both inclusive. */
  readonly from: Instant;
  readonly to: Instant;
}

export const matchesAudit = ({ actor, action, object, from, to }: AuditFilter, entry: AuditEntry): boolean =>
  (actor === null || entry.actor.toLowerCase() === actor.toLowerCase()) &&
  (action === null || entry.action === action) &&
  (object === null ||
    ((object.kind === null || entry.object.kind === object.kind) &&
      (entry.object.id === object.id || entry.object.id.startsWith(`${object.id}/`)))) &&
  from <= entry.at &&
  entry.at <= to;
