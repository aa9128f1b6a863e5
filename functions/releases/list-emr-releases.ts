import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { newestFirst } from '../../shared/domain/emr-release.ts';
import { RELEASE_VERSION } from '../../shared/domain/emr-release-facts.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import { emrReleaseView } from '../access/release-view.ts';

type Route = Routes['listEmrReleases'];

/** The last version of the previous page. */
const versionIn = (cursor: string): string => {
  const version = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!RELEASE_VERSION.test(version))
    throw InvalidInput.field('cursor', 'Invalid cursor. Omit it to start from the first page.');
  return version;
};

/**
 * Active releases, newest first. There are a few dozen at most, so that a page is cut from all of them.
 * @throws InvalidInput (field `cursor`)
 */
export const listEmrReleases =
  ({ releases }: { readonly releases: EmrReleases }) =>
  async ({ limit, cursor }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const after = cursor === undefined ? null : { version: versionIn(cursor) };
    const active = (await releases.all())
      .filter((release) => release.isActive && (after === null || newestFirst(release, after) > 0))
      .toSorted(newestFirst);
    const page = active.slice(0, limit);
    const last = page.at(-1);
    const hasMore = active.length > limit && last !== undefined;
    const items = page.map(emrReleaseView);
    return { items, cursor: hasMore ? Buffer.from(last.version).toString('base64url') : null };
  };
