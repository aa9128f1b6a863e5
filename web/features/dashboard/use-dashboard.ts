import type { UseQueryResult } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { isLiveJob } from '../spark-jobs/is-live.ts';

export const STATUSES = ['active', 'terminated', 'failed', 'all'] as const;
export type Status = (typeof STATUSES)[number];

export const WHOSE = ['mine', 'shared', 'all'] as const;
export type Whose = (typeof WHOSE)[number];

export type ClusterList = UseQueryResult<RouteOutput<Routes['listClusters']>>;

/** A page of the API holds as many; nobody's quota of Spark jobs is larger. */
const MOST = 100;

/** Failed clusters that can be new enough to need attention. */
const NEWEST = 5;

/** What is shown, from the address. Who watches everybody's jobs starts with those. */
export const useFilters = (): { readonly status: Status; readonly whose: Whose; readonly mayWatch: boolean } => {
  const { permissions } = useMe();
  const [parameters] = useSearchParams();
  const mayWatch = permissions.includes('see-every-spark-job');
  const whose = WHOSE.find((value) => value === parameters.get('whose'));
  return {
    status: STATUSES.find((value) => value === parameters.get('status')) ?? 'active',
    whose: whose === undefined || (whose === 'all' && !mayWatch) ? (mayWatch ? 'all' : 'mine') : whose,
    mayWatch,
  };
};

/** All that the dashboard reads of clusters and jobs. Active clusters are read whichever are listed. */
export const useDashboard = ({ status, whose }: { readonly status: Status; readonly whose: Whose }) => {
  const seesClusters = useMe().permissions.includes('see-every-cluster');
  const owner = whose === 'all' && !seesClusters ? undefined : whose;
  const isLive = ({ items }: RouteOutput<Routes['listClusters']>): boolean => items.some(({ isActive }) => isActive);
  const active = useRead('listClusters', { status: 'active', owner, limit: MOST }, { isLive, keepPrevious: true });
  const failed = useRead('listClusters', { status: 'failed', owner, limit: NEWEST }, { isLive, keepPrevious: true });
  const listed = useRead(
    'listClusters',
    { status, owner, limit: status === 'active' ? MOST : 15 },
    { isLive, keepPrevious: true },
  );
  const jobs = useRead(
    'listSparkJobs',
    { owner: whose, limit: MOST, sort: '-latestRun' },
    { isLive: ({ items }) => items.some(isLiveJob), keepPrevious: true },
  );
  return { active, failed, listed, jobs };
};
