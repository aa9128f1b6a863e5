import type { Announcement } from './announcement.ts';
import type { Budgets } from './budget.ts';
import type { AuditDetail } from './audit.ts';
import { differences } from './differences.ts';
import { StaleWrite } from './errors.ts';
import type { Instant } from './instant.ts';
import type { Launches } from './launches.ts';
import type { Person } from './person.ts';
import type { QuotaRules } from './quota.ts';
import type { Settings } from './settings.ts';

/** What admins change while the portal runs, each kept in versions. */
export interface DocumentContents {
  readonly announcement: Announcement;
  readonly budgets: Budgets;
  readonly launches: Launches;
  readonly quotas: QuotaRules;
  readonly settings: Settings;
}

export type DocumentName = keyof DocumentContents;

/** One version of a document. It is never changed: a change adds the next version. */
export interface DocumentVersion<Name extends DocumentName> {
  readonly name: Name;
  /** 1 is the first that somebody saved. */
  readonly version: number;
  readonly content: DocumentContents[Name];
  readonly changedAt: Instant;
  /** The person's username then, as a display name. */
  readonly changedBy: string;
  readonly changedById: string;
}

/** The version of a document that nobody has saved yet. */
export const UNSAVED = 0;

export const staleDocument = (newest: { readonly version: number; readonly changedBy: string } | null): StaleWrite =>
  new StaleWrite(
    newest === null
      ? 'Nobody has saved this yet. Load it again and repeat your change.'
      : `${newest.changedBy} saved version ${newest.version} meanwhile. Load it and repeat your change.`,
    { newest: newest?.version ?? UNSAVED },
  );

interface Change<Name extends DocumentName> {
  readonly name: Name;
  readonly content: DocumentContents[Name];
  /** The version that the change was made to; undefined: whatever is the newest. */
  readonly basedOn: number | undefined;
  readonly by: Person;
  readonly now: Instant;
}

/** @throws StaleWrite if the change was made to another version than the newest */
export const nextVersion = <Name extends DocumentName>(
  newest: DocumentVersion<Name> | null,
  { name, content, basedOn, by, now }: Change<Name>,
): DocumentVersion<Name> => {
  const version = newest?.version ?? UNSAVED;
  if (basedOn !== undefined && basedOn !== version) throw staleDocument(newest);
  return { name, version: version + 1, content, changedAt: now, changedBy: by.username, changedById: by.id };
};

type Scalar = string | number | boolean | null;

const isScalar = (entry: readonly [string, unknown]): entry is [string, Scalar] =>
  entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1]);

/** What a change is, for the audit trail: the fields that differ by name, and those of their values that are not nested. */
export const auditedChange = (
  before: DocumentContents[DocumentName] | null,
  { version, content }: DocumentVersion<DocumentName>,
): AuditDetail => {
  const changed = differences(before ?? {}, content);
  return {
    version,
    changed: changed.map(({ field }) => field),
    ...Object.fromEntries(changed.map(({ field, after }) => [field, after] as const).filter(isScalar)),
  };
};
