import SpaceBetween from '@cloudscape-design/components/space-between';

import { useChange, useRead } from '../../lib/use-route.ts';
import { sparkJobColumns } from '../spark-jobs/spark-job-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { BulkListPage, useBulkList } from './bulk-list-page.tsx';

const STATUSES = ['all', 'enabled', 'disabled', 'expired', 'running', 'failed', 'supportEnding'] as const;
const OUTDATES = { outdates: ['listAllSparkJobs'] } as const;

const AllSparkJobsPage = () => {
  const list = useBulkList(STATUSES, 'all', () => sparkJobColumns({ owners: true, releases: true }));
  const jobs = useRead('listAllSparkJobs', list.request, { keepPrevious: true });
  const run = useChange('runSparkJobs', OUTDATES);
  const enable = useChange('enableSparkJobs', OUTDATES);
  const disable = useChange('disableSparkJobs', OUTDATES);
  return (
    <BulkListPage
      nouns={['Spark job', 'Spark jobs']}
      searches="Identifier, description or owner"
      list={list}
      query={jobs}
      idOf={({ identifier }) => identifier}
      nameOf={({ identifier }) => identifier}
      renderActions={(chosen) => (
        <SpaceBetween direction="horizontal" size="xs">
          <BulkAction
            {...chosen}
            label="Run now"
            effect="Each job runs once with its own parameters; the next interval run is one interval after this one."
            act={(ids) => run.mutateAsync({ ids })}
          />
          <BulkAction
            {...chosen}
            label="Enable"
            effect="Their schedules start runs again."
            act={(ids) => enable.mutateAsync({ ids })}
          />
          <BulkAction
            {...chosen}
            label="Disable"
            effect="Occurrences are recorded as missed until somebody enables the jobs. Runs that are active go on."
            act={(ids) => disable.mutateAsync({ ids })}
          />
        </SpaceBetween>
      )}
    />
  );
};

export default AllSparkJobsPage;
