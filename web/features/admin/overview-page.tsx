import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { PageLink } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
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
                  { label: 'Sessions', value: now.sessions },
                  { label: 'Runs', value: <PageLink to="/admin/spark-jobs?status=running">{now.runs}</PageLink> },
                  { label: 'Cost', value: `$${now.hourlyCost.toFixed(2)} an hour` },
                  { label: 'Launches waiting for their turn', value: now.launchesWaiting },
                  {
                    label: 'Orphans terminated in 24 hours',
                    value: <PageLink to={toTrail('orphan.terminate')}>{now.orphans}</PageLink>,
                  },
                  { label: 'Launches that EMR did not take in 24 hours', value: now.throttled },
                  { label: 'Overdue periodic tasks', value: now.overdueTasks },
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
