import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RunView } from '../../../shared/contract/run.ts';
import { send } from '../../lib/api.ts';
import { useSparkUi } from '../spark-ui/use-spark-ui.tsx';

/** Spark's own pages on the run: jobs, stages, executors, SQL. */
export const RunSparkUi = ({ identifier, run }: { readonly identifier: string; readonly run: RunView }) => {
  const { button, problem } = useSparkUi(() => send('openRunSparkUi', { identifier, runId: run.id }));
  if (run.outcome === 'missed') return 'A missed run has no Spark UI.';
  return (
    <SpaceBetween size="m">
      <Box variant="p">
        Spark’s jobs, stages, executors and queries, while the run lasts and for 30 days after. It opens in a new tab.
        {run.engine === 'cluster' && ' After the cluster’s end EMR takes two minutes or more to show all of it.'}
      </Box>
      {button}
      {problem}
    </SpaceBetween>
  );
};
