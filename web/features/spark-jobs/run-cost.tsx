import Box from '@cloudscape-design/components/box';

import { LaunchEffect } from '../../components/launch-effect.tsx';
import { costWords, useJobEstimate, type EstimatedJob } from './job-estimate.ts';

/** What a run that is about to start will cost, and what that does to the budget. */
export const RunCost = ({ job }: { readonly job: EstimatedJob }) => {
  const { data, error } = useJobEstimate(job);
  return (
    <div>
      <output className="atmo-block">
        {error?.message ??
          (data === undefined ? 'The cost is being estimated.' : `${costWords(data, 'perRun')} for this run.`)}
      </output>
      {data === undefined ? (
        // Takes the line of what is launched, which would push the buttons below down.
        <Box fontSize="body-s">&nbsp;</Box>
      ) : (
        <LaunchEffect machines={data.machines} workers={data.workers} budget={data.budget} what="this run" />
      )}
    </div>
  );
};
