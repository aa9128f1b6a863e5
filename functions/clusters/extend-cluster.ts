import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { extendedBy } from '../../shared/domain/cluster.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import { lifetimeError } from '../../shared/domain/limits.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import type { ToClusterView } from './cluster-view.ts';

interface ExtendClusterDependencies extends ClusterLookup {
  readonly toView: ToClusterView;
  readonly settings: ReadSettings;
  readonly clock: Clock;
}

/** @throws NotFound, Forbidden; InvalidInput (field `hours`); Conflict unless the cluster is active and not on its way down; QuotaExceeded */
export const extendCluster =
  ({ toView, settings, clock, ...lookup }: ExtendClusterDependencies) =>
  async (
    { id, hours: wanted }: { readonly id: string; readonly hours?: number | undefined },
    person: Person,
  ): Promise<ClusterView> => {
    const { grants } = await permittedCluster(lookup, id, person, 'manage');
    const { limits } = await settings();
    const hours = wanted ?? limits.defaultLifetime;
    const tooLong = lifetimeError('hours', hours, limits);
    if (tooLong !== null) throw new InvalidInput([tooLong]);
    const extended = await lookup.clusters.change(id, (cluster) => extendedBy(cluster, hours, clock.now()));
    return toView(extended, person, grants);
  };
