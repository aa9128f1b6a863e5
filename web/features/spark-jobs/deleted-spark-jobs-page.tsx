import { PAGES } from '../../../shared/contract/pages.ts';
import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageLink } from '../../components/links.tsx';
import { LongText } from '../../components/long-text.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useRead } from '../../lib/use-route.ts';

type DeletedJob = RouteOutput<Routes['listDeletedSparkJobs']>['items'][number];

const COLUMNS: readonly Column<DeletedJob>[] = [
  {
    id: 'identifier',
    header: 'Identifier',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ identifier }) => (
      <PageLink to={PAGES.deletedSparkJob(identifier)}>
        <Name text={identifier} />
      </PageLink>
    ),
  },
  {
    id: 'description',
    header: 'Description',
    isExtra: true,
    cell: ({ description }) => <LongText text={description} />,
  },
  { id: 'runCount', header: 'Runs', isExtra: true, cell: ({ runCount }) => runCount },
  { id: 'deletedAt', header: 'Deleted', cell: ({ deletedAt }) => <Moment at={deletedAt} /> },
];

const DeletedSparkJobsPage = () => {
  const pages = usePages('deleted-spark-jobs');
  const jobs = useRead('listDeletedSparkJobs', { cursor: pages.cursor });
  return (
    <Page
      title="Deleted Spark jobs"
      description="Your jobs that were deleted and whose results were kept. Only you and admins can see them."
      parent={{ text: 'Spark jobs', to: '/spark-jobs' }}
    >
      <PagedTable
        name="deleted Spark jobs"
        query={jobs}
        pages={pages}
        columns={COLUMNS}
        trackBy={({ identifier }) => identifier}
        empty={
          <EmptyState
            title="No deleted Spark jobs"
            text="A job whose results you keep when you delete it is found here."
          />
        }
      />
    </Page>
  );
};

export default DeletedSparkJobsPage;
