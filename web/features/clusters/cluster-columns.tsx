import { PAGES } from '../../../shared/contract/pages.ts';
import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { STATE_WIDTH, type Column } from '../../components/paged-table.tsx';
import { countText, moneyText } from '../../lib/amounts.ts';
import { ClusterState } from './cluster-state.tsx';
import { TimeLeft } from './time-left.tsx';

type ClusterColumn = Column<ClusterView>;

const identifier: ClusterColumn = {
  id: 'identifier',
  header: 'Identifier',
  isRowHeader: true,
  cell: (cluster) => <PageLink to={PAGES.cluster(cluster.id)}>{cluster.identifier}</PageLink>,
};
const owner: ClusterColumn = { id: 'owner', header: 'Owner', isExtra: true, cell: (cluster) => cluster.owner };
const state: ClusterColumn = {
  id: 'state',
  header: 'State',
  minWidth: STATE_WIDTH,
  cell: (cluster) => <ClusterState cluster={cluster} />,
};
const timeLeft: ClusterColumn = {
  id: 'timeLeft',
  header: 'Time left',
  cell: (cluster) => <TimeLeft cluster={cluster} />,
};
const size: ClusterColumn = {
  id: 'size',
  header: 'Size',
  isExtra: true,
  cell: (cluster) => countText(cluster.size, 'worker'),
};
const release: ClusterColumn = {
  id: 'release',
  header: 'EMR release',
  isExtra: true,
  cell: (cluster) => cluster.emrRelease,
};
const cost: ClusterColumn = {
  id: 'cost',
  header: 'Cost so far',
  isExtra: true,
  cell: (cluster) => moneyText(cluster.cost.soFar, cluster.cost.currency),
};
const created: ClusterColumn = {
  id: 'created',
  header: 'Created',
  isExtra: true,
  cell: (cluster) => <Moment at={cluster.createdAt} />,
};
const finished: ClusterColumn = {
  id: 'finished',
  header: 'Finished',
  cell: (cluster) => (cluster.finishedAt === null ? '–' : <Moment at={cluster.finishedAt} />),
};

/** What a list of clusters shows: what is left of active ones, the end of the others; the owner where there are several. */
export const clusterColumns = (shows: { readonly ended: boolean; readonly owners: boolean }): ClusterColumn[] => [
  identifier,
  ...(shows.owners ? [owner] : []),
  state,
  ...(shows.ended ? [finished] : [timeLeft]),
  size,
  release,
  cost,
  created,
];
