import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { plannedCluster, type ClusterRequest } from '../../shared/domain/cluster.ts';
import type { ClusterPricing } from '../../shared/domain/cost.ts';
import { InvalidInput, type EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { PresentCluster } from './cluster-view.ts';
import type { LaunchClaimedCluster } from '../workloads/launch-claimed-cluster.ts';
import { checkLaunch, type LaunchRules } from './launch-rules.ts';

interface LaunchClusterDependencies extends LaunchRules {
  readonly clusters: ClusterRepository;
  readonly launchClaimed: LaunchClaimedCluster;
  readonly present: PresentCluster;
  readonly clock: Clock;
  readonly pricing: ClusterPricing;
  readonly newId: () => string;
  readonly newRunToken: () => string;
}

/** Which field of the form EMR's refusal is about; most refusals are about the deployment's settings. */
const REFUSED_FIELDS: readonly { readonly field: keyof ClusterRequest; readonly about: RegExp }[] = [
  { field: 'emrRelease', about: /release label|specified applications/i },
  { field: 'size', about: /instance count|number of instances|instance limit|target.?capacity/i },
];

/** EMR's refusal in terms of the form, where it is about what the person chose. */
const refusal = (error: EmrRefusedLaunch): InvalidInput | EmrRefusedLaunch => {
  const refused = REFUSED_FIELDS.find(({ about }) => about.test(error.message));
  return refused === undefined ? error : InvalidInput.field(refused.field, `EMR refuses this: ${error.message}`);
};

/**
 * Launches at most one EMR cluster, whatever fails in between: the claim is written first, and only one call follows.
 * @throws InvalidInput naming each refused field; EmrRefusedLaunch; AwsThrottled where nothing was launched
 */
export const launchCluster =
  ({ clusters, launchClaimed, present, ...deps }: LaunchClusterDependencies) =>
  async (request: ClusterRequest, person: Person): Promise<ClusterView> => {
    const sshKey = await checkLaunch(deps)(request, person);
    const claimed = plannedCluster(request, {
      id: deps.newId(),
      person,
      now: deps.clock.now(),
      runToken: deps.newRunToken(),
      hourlyCost: deps.pricing.rateOf(request.size).hourly,
    });
    await clusters.claimLaunch(claimed);
    const launch = await launchClaimed(claimed, sshKey);
    switch (launch.result) {
      case 'throttled':
        await clusters.abandonLaunch(claimed);
        throw launch.error;
      case 'refused':
        throw refusal(launch.error);
      case 'launched':
      case 'uncertain':
        return present(launch.cluster, person);
    }
  };
