import type { UseQueryResult } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { Answered } from '../../components/loaded.tsx';
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

/** All that the dashboard reads of clusters, sessions and jobs. Active clusters are read whichever are listed. */
export interface DashboardData {
  readonly active: RouteOutput<Routes['listClusters']>;
  readonly failed: RouteOutput<Routes['listClusters']>;
  readonly sessions: RouteOutput<Routes['listSessions']>;
  readonly jobs: RouteOutput<Routes['listSparkJobs']>;
}

type Parts = { readonly [Name in keyof DashboardData]: Answered<DashboardData[Name]> };

/** Shown whole, once all of it is there: parts that come one by one would push each other away. */
const together = (parts: Parts): Answered<DashboardData> => {
  const all = Object.values(parts);
  return {
    data: all.some(({ data }) => data === undefined)
      ? undefined
      : (Object.fromEntries(Object.entries(parts).map(([name, { data }]) => [name, data])) as unknown as DashboardData),
    error: all.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => all.filter(({ error }) => error !== null).map(({ refetch }) => refetch()),
  };
};

export const useDashboard = ({ status, whose }: { readonly status: Status; readonly whose: Whose }) => {
  const seesClusters = useMe().permissions.includes('see-every-cluster');
  const owner = whose === 'all' && !seesClusters ? undefined : whose;
  const isLive = ({ items }: { readonly items: readonly { readonly isActive: boolean }[] }): boolean =>
    items.some(({ isActive }) => isActive);
  const active = useRead('listClusters', { status: 'active', owner, limit: MOST }, { isLive, keepPrevious: true });
  const failed = useRead('listClusters', { status: 'failed', owner, limit: NEWEST }, { isLive, keepPrevious: true });
  const listed = useRead(
    'listClusters',
    { status, owner, limit: status === 'active' ? MOST : 15 },
    { isLive, keepPrevious: true },
  );
  // None lives longer than a day, so that the newest have all that are active.
  const sessions = useRead('listSessions', { status: 'all', owner, limit: MOST }, { isLive, keepPrevious: true });
  const jobs = useRead(
    'listSparkJobs',
    { owner: whose, limit: MOST, sort: '-latestRun' },
    { isLive: ({ items }) => items.some(isLiveJob), keepPrevious: true },
  );
  return { listed, dashboard: together({ active, failed, sessions, jobs }) };
};
