import type { AuditTrail } from '../../functions/ports/audit-trail.ts';
import { matchesAudit, type AuditEntry } from '../../shared/domain/audit.ts';
import { paged } from './paged.ts';

/** A trail that fails as long as `failure` is set. */
export const fakeAuditTrail = (): AuditTrail & { readonly entries: AuditEntry[]; failure: Error | null } => {
  const entries: AuditEntry[] = [];
  return {
    entries,
    failure: null,
    async record(entry) {
      if (this.failure !== null) throw this.failure;
      entries.push(entry);
    },
    async list(filter, page) {
      const matching = entries.filter((entry) => matchesAudit(filter, entry));
      return paged(
        JSON.stringify(filter),
        matching.toSorted((a, b) => b.at.localeCompare(a.at)),
        page,
      );
    },
  };
};
