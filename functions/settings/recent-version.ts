import type { DocumentName, DocumentVersion } from '../../shared/domain/document.ts';
import { secondsBetween, type Instant } from '../../shared/domain/instant.ts';
import type { Documents } from '../ports/documents.ts';
import type { Clock } from '../runtime/clock.ts';

/** Long enough that a page's requests share one read, short enough that nobody waits for a change. */
const FRESH_SECONDS = 3;

interface RecentVersionDependencies {
  readonly documents: Pick<Documents, 'newest'>;
  readonly clock: Clock;
}

/**
 * The newest version, at most some seconds old: for what every request needs. A launch reads the newest itself.
 * @throws AwsThrottled, AwsFailed
 */
export const recentVersion = <Name extends DocumentName>(
  name: Name,
  { documents, clock }: RecentVersionDependencies,
): (() => Promise<DocumentVersion<Name> | null>) => {
  let known: { readonly version: DocumentVersion<Name> | null; readonly readAt: Instant } | null = null;
  return async () => {
    const now = clock.now();
    if (known !== null && secondsBetween(known.readAt, now) < FRESH_SECONDS) return known.version;
    const version = await documents.newest(name);
    known = { version, readAt: now };
    return version;
  };
};
