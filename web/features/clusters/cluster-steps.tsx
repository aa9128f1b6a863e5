import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { ClusterStepView } from '../../../shared/contract/routes/cluster-details.ts';
import type { Column } from '../../components/column.ts';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MomentOr } from '../../components/moment.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { tookText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { StateAndReason } from './state-and-reason.tsx';
import { stepStateWords } from './inside-words.ts';
import { NothingInside } from './nothing-inside.tsx';
import { useInside } from './use-inside.ts';

const Took = ({ step: { startedAt, finishedAt } }: { readonly step: ClusterStepView }) =>
  tookText(startedAt, finishedAt, useNow());

const COLUMNS: readonly Column<ClusterStepView>[] = [
  { id: 'name', header: 'Step', isRowHeader: true, cell: ({ name }) => name },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, reason }) => <StateAndReason words={stepStateWords(state)} reason={reason} />,
  },
  { id: 'startedAt', header: 'Started', cell: ({ startedAt }) => <MomentOr at={startedAt} /> },
  { id: 'took', header: 'Took', cell: (step) => <Took step={step} /> },
  { id: 'id', header: 'Id', isMore: true, cell: ({ id }) => <IdToCopy what="step id" text={id} /> },
];

const NONE = 'This cluster was launched without any.';

/** What EMR runs on the cluster one after the other, as the set-up of Zeppelin. */
const ClusterSteps = ({ cluster }: { readonly cluster: ClusterView }) => {
  const query = useInside('getClusterSteps', cluster, { id: cluster.id });
  return (
    <Loaded query={query} what="the steps">
      {({ steps, isWhole }) => (
        <>
          {steps.length === 0 ? (
            <NothingInside cluster={cluster} what="steps" whileActive={NONE} onceEnded={NONE} />
          ) : (
            <PlainTable name="Steps" items={steps} columns={COLUMNS} keyOf={({ id }) => id} />
          )}
          {!isWhole && <p className="atmo-aside-text">These are the newest {steps.length} steps.</p>}
        </>
      )}
    </Loaded>
  );
};

export default ClusterSteps;
