import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton, PageLink } from '../../components/links.tsx';
import { sparkJobColumns } from '../spark-jobs/spark-job-columns.tsx';
import { Card } from './card.tsx';
import { byUrgency, urgencyCounts } from './job-order.ts';
import { PlainTable } from '../../components/plain-table.tsx';
import type { Whose } from './use-dashboard.ts';

/** Rows on the dashboard; the list has the rest. */
const SHOWN = 15;

interface JobsCardProps {
  readonly whose: Whose;
  readonly jobs: readonly ListedSparkJobView[];
  /** Of all, where there are more than were read. */
  readonly total: number | undefined;
}

/** Spark jobs, the most urgent first. */
export const JobsCard = ({ whose, jobs, total = jobs.length }: JobsCardProps) => (
  <Card
    title="Spark jobs"
    count={total}
    description={urgencyCounts(jobs)}
    actions={<PageButton to="/new/spark-job">Create a Spark job</PageButton>}
  >
    {jobs.length === 0 ? (
      <EmptyState title={whose === 'shared' ? 'No Spark jobs are shared with you' : 'No Spark jobs yet'} />
    ) : (
      <PlainTable
        name="Spark jobs"
        items={byUrgency(jobs).slice(0, SHOWN)}
        columns={sparkJobColumns({ owners: whose !== 'mine' })}
        keyOf={({ identifier }) => identifier}
      />
    )}
    {total > SHOWN && <PageLink to={`/spark-jobs?owner=${whose}`}>All {total} Spark jobs</PageLink>}
  </Card>
);
