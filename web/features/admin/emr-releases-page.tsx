import Badge from '@cloudscape-design/components/badge';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Route, Routes } from 'react-router';

import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton, PageLink } from '../../components/links.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { useRead } from '../../lib/use-route.ts';
import EditReleasePage from './edit-release.tsx';
import { RELEASES } from './release-input.ts';

const COLUMNS: readonly Column<EmrReleaseView>[] = [
  {
    id: 'version',
    header: 'Version',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ version }) => <PageLink to={`${RELEASES}/edit?version=${version}`}>{version}</PageLink>,
  },
  {
    id: 'flags',
    header: 'State',
    cell: ({ isActive, isExperimental, isDeprecated, supportEndsOn }) => (
      <>
        <SpaceBetween direction="horizontal" size="xxs">
          <Badge color={isActive ? 'green' : 'grey'}>{isActive ? 'Active' : 'Inactive'}</Badge>
          {isExperimental && <Badge color="blue">Experimental</Badge>}
          {isDeprecated && <Badge color="severity-medium">Deprecated</Badge>}
        </SpaceBetween>
        <OnPhones>
          Support ends: <span className="atmo-whole">{supportEndsOn ?? 'unknown'}</span>
        </OnPhones>
      </>
    ),
  },
  { id: 'spark', header: 'Spark', isExtra: true, cell: ({ sparkVersion }) => sparkVersion },
  { id: 'python', header: 'Python', isExtra: true, cell: ({ pythonVersion }) => pythonVersion },
  { id: 'support', header: 'Support ends', isExtra: true, cell: ({ supportEndsOn }) => supportEndsOn ?? 'unknown' },
  {
    id: 'changelog',
    header: 'Changelog',
    isExtra: true,
    cell: ({ version, changelogUrl }) => (
      <Link href={changelogUrl} external>
        About EMR {version}
      </Link>
    ),
  },
];

const ReleaseList = () => {
  const { data, ...releases } = useRead('listAllEmrReleases', {});
  const page = data === undefined ? undefined : { items: data.items, cursor: null };
  return (
    <Page
      title="EMR releases"
      description="What people can choose for clusters and Spark jobs, and what they no longer can."
      actions={
        <PageButton to={`${RELEASES}/new`} variant="primary">
          Add a release
        </PageButton>
      }
    >
      <PagedTable
        name="EMR releases"
        query={{ ...releases, data: page } as Parameters<typeof PagedTable<EmrReleaseView>>[0]['query']}
        columns={COLUMNS}
        trackBy={({ version }) => version}
        empty={<EmptyState title="No EMR releases" />}
      />
    </Page>
  );
};

const EmrReleasesPage = () => (
  <Routes>
    <Route index element={<ReleaseList />} />
    <Route path="new" element={<EditReleasePage isNew />} />
    <Route path="edit" element={<EditReleasePage isNew={false} />} />
  </Routes>
);

export default EmrReleasesPage;
