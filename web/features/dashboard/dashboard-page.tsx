import './dashboard.css';

import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useMe } from '../../lib/me.ts';
import { useNow } from '../../lib/use-now.ts';
import { AttentionCard } from './attention-card.tsx';
import { attentionOf, clusterInAttention, sessionInAttention } from './attention.ts';
import { needsNotice } from './budget-notice.tsx';
import { ClustersCard } from './clusters-card.tsx';
import { ComingCard } from './coming-card.tsx';
import { FilterLinks } from './filter-links.tsx';
import { FirstSteps } from './first-steps.tsx';
import { JobsCard } from './jobs-card.tsx';
import { MonthCost } from './month-cost.tsx';
import { RunningCard } from './running-card.tsx';
import {
  useDashboard,
  useFilters,
  type ClusterList,
  type DashboardData,
  type Status,
  type Whose,
} from './use-dashboard.ts';
import { WatchStrip } from './watch-strip.tsx';

const WHOSE_OPTIONS = [
  { value: 'mine', text: 'Mine' },
  { value: 'shared', text: 'Shared with me' },
  { value: 'all', text: 'Everybody’s' },
] as const;

interface ContentProps {
  readonly status: Status;
  readonly whose: Whose;
  readonly data: DashboardData;
  readonly listed: ClusterList;
}

/** The number of what needs attention, in the window's title. */
const tabOf = (count: number): string | undefined => (count === 0 ? undefined : `(${count})`);

const Content = ({ status, whose, data, listed }: ContentProps) => {
  const { active, failed, sessions, jobs } = data;
  const { permissions, budget } = useMe();
  const { mayWatch } = useFilters();
  const expiring = [
    ...[...active.items, ...failed.items].map(clusterInAttention),
    ...sessions.items.map(sessionInAttention),
  ];
  const attention = attentionOf(expiring, jobs.items, useNow());
  const count = attention.length + (needsNotice(budget) ? 1 : 0);
  const isNew = whose === 'mine' && expiring.length === 0 && jobs.items.length === 0;
  return (
    <Page
      title="Dashboard"
      tab={tabOf(count)}
      description="What needs attention, what runs, and what comes."
      actions={
        <FilterLinks
          label="Whose clusters, sessions and Spark jobs"
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
          <AttentionCard items={attention} count={count} />
          <RunningCard clusters={active.items} sessions={sessions.items} jobs={jobs.items} />
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

const DashboardPage = () => {
  const { status, whose } = useFilters();
  const { dashboard, listed } = useDashboard({ status, whose });
  return (
    <Loaded query={dashboard} what="the dashboard" page={{ title: 'Dashboard' }}>
      {(data) => <Content status={status} whose={whose} data={data} listed={listed} />}
    </Loaded>
  );
};

export default DashboardPage;
