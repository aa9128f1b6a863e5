import { PAGES } from '../../../shared/contract/pages.ts';
import type { ClusterSortField } from '../../../shared/contract/routes/clusters.ts';
import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { NAME_WIDTH, OWNER_WIDTH, type Column } from '../../components/column.ts';
import { countText } from '../../lib/amounts.ts';
import { ClusterState } from './cluster-state.tsx';
import { TimeLeft } from '../../components/time-left.tsx';

/** Pixels in which the header has one line, whose second would push the rows down when they come. */
const TIME_WIDTH = 125;
const RELEASE_WIDTH = 150;
const COST_WIDTH = 115;

type ClusterColumn = Column<ClusterView, ClusterSortField>;

const identifier: ClusterColumn = {
  id: 'identifier',
  header: 'Identifier',
  sortingField: 'identifier',
  isRowHeader: true,
  minWidth: NAME_WIDTH,
  cell: (cluster) => (
    <PageLink to={PAGES.cluster(cluster.id)}>
      <Name text={cluster.identifier} />
    </PageLink>
  ),
};
const owner: ClusterColumn = {
  id: 'owner',
  header: 'Owner',
  sortingField: 'owner',
  isExtra: true,
  minWidth: OWNER_WIDTH,
  cell: (cluster) => <Name text={cluster.owner} />,
};
const timeLeft: ClusterColumn = {
  id: 'timeLeft',
  header: 'Time left',
  sortingField: 'expiresAt',
  isExtra: true,
  minWidth: TIME_WIDTH,
  cell: (cluster) => <TimeLeft of={cluster} />,
};
const size: ClusterColumn = {
  id: 'size',
  header: 'Size',
  sortingField: 'size',
  isExtra: true,
  cell: (cluster) => <span className="atmo-whole">{countText(cluster.size, 'worker')}</span>,
};
const release: ClusterColumn = {
  id: 'release',
  header: 'EMR release',
  sortingField: 'emrRelease',
  isExtra: true,
  minWidth: RELEASE_WIDTH,
  cell: (cluster) => cluster.emrRelease,
};
const cost: ClusterColumn = {
  id: 'cost',
  header: 'Cost so far',
  isExtra: true,
  minWidth: COST_WIDTH,
  cell: (cluster) => <CostSoFar cost={cluster.cost} />,
};
const created: ClusterColumn = {
  id: 'created',
  header: 'Created',
  sortingField: 'createdAt',
  isExtra: true,
  cell: (cluster) => <Moment at={cluster.createdAt} />,
};
const finished: ClusterColumn = {
  id: 'finished',
  header: 'Finished',
  sortingField: 'finishedAt',
  isExtra: true,
  cell: (cluster) => (cluster.finishedAt === null ? '–' : <Moment at={cluster.finishedAt} />),
};

/** The state; on phones also the time left, which has its own column on wider screens. */
const stateAnd = (other: ClusterColumn): ClusterColumn => ({
  id: 'state',
  header: 'State',
  sortingField: 'status',
  cell: (cluster) => (
    <>
      <ClusterState cluster={cluster} />
      {(cluster.isActive || other !== timeLeft) && (
        <OnPhones>
          {other.header}: {other.cell(cluster)}
        </OnPhones>
      )}
    </>
  ),
});

/** Columns of a list of clusters: the time left for active ones, the end for the others, and the owner if there are several. */
export const clusterColumns = (shows: { readonly ended: boolean; readonly owners: boolean }): ClusterColumn[] => {
  const end = shows.ended ? finished : timeLeft;
  return [identifier, ...(shows.owners ? [owner] : []), stateAnd(end), end, size, release, cost, created];
};
