import './dashboard.css';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useMe } from '../../lib/me.ts';
import { useNow } from '../../lib/use-now.ts';
import { AttentionCard } from './attention-card.tsx';
import { attentionOf } from './attention.ts';
import { ClustersCard } from './clusters-card.tsx';
import { ComingCard } from './coming-card.tsx';
import { FilterLinks } from './filter-links.tsx';
import { FirstSteps } from './first-steps.tsx';
import { JobsCard } from './jobs-card.tsx';
import { MonthCost } from './month-cost.tsx';
import { RunningCard } from './running-card.tsx';
import { useDashboard, useFilters, type ClusterList, type Status, type Whose } from './use-dashboard.ts';
import { WatchStrip } from './watch-strip.tsx';

const WHOSE_OPTIONS = [
  { value: 'mine', text: 'Mine' },
  { value: 'shared', text: 'Shared with me' },
  { value: 'all', text: 'Everybody’s' },
] as const;

interface ContentProps {
  readonly status: Status;
  readonly whose: Whose;
  readonly active: RouteOutput<Routes['listClusters']>;
  readonly failed: RouteOutput<Routes['listClusters']>;
  readonly jobs: RouteOutput<Routes['listSparkJobs']>;
  readonly listed: ClusterList;
}

/** The number of what needs attention, in the window's title. */
const tabOf = (count: number): string | undefined => (count === 0 ? undefined : `(${count})`);

const Content = ({ status, whose, active, failed, jobs, listed }: ContentProps) => {
  const { permissions } = useMe();
  const { mayWatch } = useFilters();
  const attention = attentionOf([...active.items, ...failed.items], jobs.items, useNow());
  const isNew = whose === 'mine' && active.items.length === 0 && failed.items.length === 0 && jobs.items.length === 0;
  return (
    <Page
      title="Dashboard"
      tab={tabOf(attention.length)}
      description="What needs attention, what runs, and what comes."
      actions={
        <FilterLinks
          label="Whose clusters and Spark jobs"
          parameter="whose"
          options={WHOSE_OPTIONS.filter(({ value }) => value !== 'all' || mayWatch)}
          value={whose}
        />
      }
    >
      {permissions.includes('administer') && <WatchStrip />}
      {isNew && <FirstSteps />}
      <div className="atmo-dashboard">
        <div>
          <AttentionCard items={attention} />
          <RunningCard clusters={active.items} jobs={jobs.items} />
        </div>
        <div>
          <ComingCard jobs={jobs.items} />
          <MonthCost />
        </div>
      </div>
      <JobsCard whose={whose} jobs={jobs.items} total={jobs.total} />
      <ClustersCard status={status} list={listed} />
    </Page>
  );
};

/** Shown whole, once all of it is there: parts that come one by one would push each other away. */
const DashboardPage = () => {
  const { status, whose } = useFilters();
  const { active, failed, listed, jobs } = useDashboard({ status, whose });
  const retry = (): void => {
    for (const query of [active, failed, listed, jobs]) if (query.isError) void query.refetch();
  };
  return (
    <Loaded query={jobs} what="the dashboard" isPage retry={retry}>
      {(jobList) => (
        <Loaded query={active} what="the dashboard" isPage retry={retry}>
          {(activeList) => (
            <Loaded query={failed} what="the dashboard" isPage retry={retry}>
              {(failedList) => (
                <Content
                  status={status}
                  whose={whose}
                  active={activeList}
                  failed={failedList}
                  jobs={jobList}
                  listed={listed}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
};

export default DashboardPage;
