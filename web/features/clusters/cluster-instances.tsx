import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { ClusterInstanceView } from '../../../shared/contract/routes/cluster-details.ts';
import type { Column } from '../../components/column.ts';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MomentOr } from '../../components/moment.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { instanceStateWords } from './inside-words.ts';
import { instancesInWords, ROLE_NAMES } from './instance-roles.ts';
import { NothingInside } from './nothing-inside.tsx';
import { StateAndReason } from './state-and-reason.tsx';
import { useInside } from './use-inside.ts';

const COLUMNS: readonly Column<ClusterInstanceView>[] = [
  { id: 'role', header: 'Role', isRowHeader: true, cell: ({ role }) => ROLE_NAMES[role] },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, reason }) => <StateAndReason words={instanceStateWords(state)} reason={reason} />,
  },
  {
    id: 'since',
    header: 'Since',
    cell: ({ finishedAt, readyAt, createdAt }) => <MomentOr at={finishedAt ?? readyAt ?? createdAt} />,
  },
  { id: 'type', header: 'Type', isMore: true, cell: ({ type }) => type },
  { id: 'market', header: 'Market', cell: ({ market }) => (market === 'spot' ? 'Spot' : 'On demand') },
  { id: 'id', header: 'Id', isMore: true, cell: ({ id }) => <IdToCopy what="instance id" text={id} /> },
];

/** The machines of the cluster, by their role. */
const ClusterInstances = ({ cluster }: { readonly cluster: ClusterView }) => {
  const query = useInside('getClusterInstances', cluster, { id: cluster.id });
  return (
    <Loaded query={query} what="the instances">
      {({ instances, isWhole }) =>
        instances.length === 0 ? (
          <NothingInside
            cluster={cluster}
            what="instances"
            whileActive="EMR has not got them from EC2 yet. That takes some minutes."
            onceEnded="The cluster ended before EMR had got any from EC2."
          />
        ) : (
          <>
            <p className="atmo-aside-text">
              {instancesInWords(instances)}
              {!isWhole && '; there are more'}
            </p>
            <PlainTable name="Instances" items={instances} columns={COLUMNS} keyOf={({ id }) => id} />
          </>
        )
      }
    </Loaded>
  );
};

export default ClusterInstances;
