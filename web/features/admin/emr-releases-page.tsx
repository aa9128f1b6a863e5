import type { UseQueryResult } from '@tanstack/react-query';
import Badge from '@cloudscape-design/components/badge';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { EmrReleaseView } from '../../../shared/contract/routes/clusters.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { useRead } from '../../lib/use-route.ts';

const COLUMNS: readonly Column<EmrReleaseView>[] = [
  {
    id: 'version',
    header: 'Version',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ version, changelogUrl }) => (
      <Link href={changelogUrl} external>
        {version}
      </Link>
    ),
  },
  {
    id: 'flags',
    header: 'State',
    cell: ({ isActive, isExperimental, isDeprecated }) => (
      <SpaceBetween direction="horizontal" size="xxs">
        <Badge color={isActive ? 'green' : 'grey'}>{isActive ? 'Active' : 'Inactive'}</Badge>
        {isExperimental && <Badge color="blue">Experimental</Badge>}
        {isDeprecated && <Badge color="severity-medium">Deprecated</Badge>}
      </SpaceBetween>
    ),
  },
  { id: 'spark', header: 'Spark', isExtra: true, cell: ({ sparkVersion }) => sparkVersion },
  { id: 'python', header: 'Python', isExtra: true, cell: ({ pythonVersion }) => pythonVersion },
  { id: 'support', header: 'Support ends', cell: ({ supportEndsOn }) => supportEndsOn ?? 'unknown' },
];

type ReleaseQuery = UseQueryResult<{ items: EmrReleaseView[]; cursor: string | null }>;

const EmrReleasesPage = () => {
  const { data, ...releases } = useRead('listAllEmrReleases', {});
  return (
    <Page
      title="EMR releases"
      description="What people can choose for clusters and Spark jobs, and what they no longer can."
    >
      <PagedTable
        name="EMR releases"
        query={{ ...releases, data: data && { ...data, cursor: null } } as ReleaseQuery}
        columns={COLUMNS}
        trackBy={({ version }) => version}
        empty={<EmptyState title="No EMR releases" />}
      />
    </Page>
  );
};

export default EmrReleasesPage;
