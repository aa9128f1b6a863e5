import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { CURRENCY } from '../../../shared/domain/cost.ts';
import { PageLink } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';
import { SupportNotice } from './support-notice.tsx';

const toTrail = (action: string): string => `/admin/audit?action=${action}`;

const OverviewPage = () => {
  const overview = useRead('getOverview', {}, { isLive: () => true });
  return (
    <Page title="Overview" description="What runs now, what it costs an hour, and what needs attention.">
      <Loaded query={overview} what="the overview">
        {({ launches, ...now }) => (
          <SpaceBetween size="l">
            {launches.isPaused && (
              <Alert type="warning" header="Launches are paused">
                {launches.reason}
              </Alert>
            )}
            <SupportNotice />
            <Container>
              <KeyValuePairs
                columns={4}
                items={[
                  { label: 'Active clusters', value: <PageLink to="/admin/clusters">{now.clusters}</PageLink> },
                  { label: 'Sessions', value: <PageLink to="/admin/sessions">{now.sessions}</PageLink> },
                  { label: 'Runs', value: <PageLink to="/admin/spark-jobs?status=running">{now.runs}</PageLink> },
                  {
                    label: 'Cost an hour',
                    value: <PageLink to="/admin/usage">{moneyText(now.hourlyCost, CURRENCY)}</PageLink>,
                  },
                  {
                    label: 'Launches waiting for their turn',
                    value: <PageLink to="/admin/launches">{now.launchesWaiting}</PageLink>,
                  },
                  {
                    label: 'Orphans terminated in 24 hours',
                    value: <PageLink to={toTrail('orphan.terminate')}>{now.orphans}</PageLink>,
                  },
                  { label: 'Launches that EMR did not take in 24 hours', value: now.throttled },
                  {
                    label: 'Overdue periodic tasks',
                    value: <PageLink to="/admin/upkeep">{now.overdueTasks}</PageLink>,
                  },
                ]}
              />
            </Container>
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
};

export default OverviewPage;
