import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { useRead } from '../../lib/use-route.ts';

/** Milliseconds; earlier clusters hardly change. */
const FRESH = 300_000;

/** The person's newest clusters, which tell what is usual; undefined until they are read. */
export const useEarlierClusters = (): readonly ClusterView[] | undefined =>
  useRead('listClusters', { status: 'all', limit: 25 }, { staleTime: FRESH }).data?.items;
