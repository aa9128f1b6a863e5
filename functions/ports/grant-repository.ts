import type { Grant, Grantee, SharedKind } from '../../shared/domain/grant.ts';
import type { ListPosition, Page, PageRequest } from '../../shared/domain/page.ts';

/** Stores grants. Every write is one write of one item, and may be repeated. */
export interface GrantRepository {
  /** All grants on one object, at most `MAX_GRANTS`, in the order of their grantees. */
  on(kind: SharedKind, objectId: string): Promise<readonly Grant[]>;
  /** Grants of a kind to a grantee that come after the position, the one on the newest object first. */
  heldBy(to: Grantee, kind: SharedKind, after: ListPosition | null, limit: number): Promise<readonly Grant[]>;
  /** Every grant of a kind, for tasks that go over all of them. */
  all(kind: SharedKind, page: PageRequest): Promise<Page<Grant>>;
  /** Replaces a grant on the same object to the same grantee. */
  put(grant: Grant): Promise<void>;
  remove(grant: Pick<Grant, 'object' | 'to'>): Promise<void>;
}
