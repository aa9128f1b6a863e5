import type { Cluster } from '../../shared/domain/cluster.ts';
import type { WholeList } from '../../shared/domain/page.ts';
import type { ClusterDetails } from '../ports/cluster-details.ts';
import type { Clock } from '../runtime/clock.ts';
import { keptAnswers } from '../runtime/kept-answers.ts';

/** EMR lets an account list steps once in two seconds, and instances once in two seconds; ten times at once after a pause. */
const FRESH_MS = 20_000;

/** Clusters; far more than are looked at within that time. */
const MOST_KEPT = 500;

/** Asks EMR once for all who look at a cluster, and again as soon as its state has changed. */
export const pacedClusterDetails = (details: ClusterDetails, clock: Clock): ClusterDetails => {
  const paced = <Item>(ask: (cluster: Cluster) => Promise<WholeList<Item>>) => {
    const answers = keptAnswers<WholeList<Item>>({ clock, forMs: FRESH_MS, most: MOST_KEPT });
    return async (cluster: Cluster): Promise<WholeList<Item>> =>
      (await answers(`${cluster.id} ${cluster.workload.status}`, () => ask(cluster))).answer;
  };
  return {
    steps: paced((cluster) => details.steps(cluster)),
    instances: paced((cluster) => details.instances(cluster)),
  };
};
