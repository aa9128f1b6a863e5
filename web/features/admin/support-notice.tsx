import Alert from '@cloudscape-design/components/alert';

import { PageLink } from '../../components/links.tsx';
import { useRead } from '../../lib/use-route.ts';

/** How many Spark jobs are on a release whose support ends; nothing where there are none. */
export const SupportNotice = () => {
  const { data } = useRead('listAllSparkJobs', { status: 'supportEnding', limit: 1 });
  if (data === undefined || data.items.length === 0) return null;
  const { total } = data;
  return (
    <Alert
      type="warning"
      header={`${total ?? 'More than 1,000'} Spark job${total === 1 ? '' : 's'} on an EMR release whose support ends`}
    >
      AWS's standard support ends within 90 days, or has ended. Owners are told by mail.{' '}
      <PageLink to="/admin/spark-jobs?status=supportEnding">See the Spark jobs</PageLink>
    </Alert>
  );
};
