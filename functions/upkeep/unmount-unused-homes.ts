import { HOUR_MS } from '../../shared/domain/instant.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { HomeDirectories, MountedHome } from '../ports/home-directories.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

/** Mount targets are few (a VPC has a quota of them) and made again in a minute and a half. */
const UNUSED_DAYS = 30;

interface UnmountUnusedHomesDependencies {
  readonly homes: Pick<HomeDirectories, 'mounted' | 'unmount' | 'keyOf'>;
  readonly clusters: Pick<ClusterRepository, 'active'>;
  readonly clock: Clock;
}

/** Takes the mounts of homes away with which no cluster was launched for 30 days and none runs. Files stay. @throws SweepFailed */
export const unmountUnusedHomes =
  ({ homes, clusters, clock }: UnmountUnusedHomesDependencies): Task =>
  async () => {
    const mounted = await homes.mounted();
    // Read after the homes: a cluster that was launched since keeps its home mounted.
    // A cluster that changed its owner has the home of the one who launched it.
    const people = (await clusters.active()).flatMap(({ ownerId, launchedBy }) => [ownerId, launchedBy?.id ?? ownerId]);
    const inUse = new Set(people.map((id) => homes.keyOf(id)));
    const isUnused = ({ personKey, lastUsedAt }: MountedHome): boolean =>
      !inUse.has(personKey) &&
      lastUsedAt !== null &&
      Date.parse(clock.now()) - Date.parse(lastUsedAt) > UNUSED_DAYS * 24 * HOUR_MS;
    return sweep({
      what: 'unmount a home that nobody uses',
      items: mounted.filter(isUnused),
      evidence: ({ id }) => ({ fileSystemId: id }),
      act: (home) => homes.unmount(home),
    });
  };
