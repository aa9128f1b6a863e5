import { actOf, type AuditAction, type AuditDetail } from '../../shared/domain/audit.ts';
import {
  auditedChange,
  nextVersion,
  staleDocument,
  UNSAVED,
  type DocumentContents,
  type DocumentName,
  type DocumentVersion,
} from '../../shared/domain/document.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Documents } from '../ports/documents.ts';
import type { Clock } from '../runtime/clock.ts';

export interface ChangeDocumentDependencies {
  readonly documents: Documents;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

interface Change<Name extends DocumentName> {
  readonly content: DocumentContents[Name];
  /** The version that the person changed; undefined replaces whatever is the newest. */
  readonly basedOn: number | undefined;
  readonly action: AuditAction;
  /** What counts as long as nobody has saved the document. */
  readonly unsaved?: DocumentContents[Name];
  /** For the audit trail, where the names of the changed fields do not tell enough. */
  readonly detail?: AuditDetail;
}

/** What an answer says of a version. */
export const versionView = (newest: DocumentVersion<DocumentName> | null) => ({
  version: newest?.version ?? UNSAVED,
  changedAt: newest?.changedAt ?? null,
  changedBy: newest?.changedBy ?? null,
});

/**
 * Adds the next version of a document.
 * @throws StaleWrite if another version was saved meanwhile
 */
export const changeDocument =
  ({ documents, audit, clock }: ChangeDocumentDependencies) =>
  async <Name extends DocumentName>(
    name: Name,
    { content, basedOn, action, unsaved, detail = {} }: Change<Name>,
    by: Caller,
  ): Promise<DocumentVersion<Name>> => {
    const newest = await documents.newest(name);
    const next = nextVersion(newest, { name, content, basedOn, by, now: clock.now() });
    const object = { kind: name, id: name } as const;
    const changed = auditedChange(newest?.content ?? unsaved ?? null, next);
    await audit.record(actOf(by, { action, object, detail: { ...changed, ...detail } }, next.changedAt));
    if (await documents.add(next)) return next;
    throw staleDocument(await documents.newest(name));
  };

export type ChangeDocument = ReturnType<typeof changeDocument>;
