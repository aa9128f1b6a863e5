import { CostSoFar } from '../../components/cost-so-far.tsx';
import { Moment } from '../../components/moment.tsx';
import { exactDurationText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { RunState } from './run-state.tsx';
import { secondsTaken, sizeWords, triggerWords } from './run-words.ts';
import type { RunView } from '../../../shared/contract/run.ts';

const Took = ({ run, usual }: { readonly run: RunView; readonly usual: number | null }) => {
  const seconds = secondsTaken(run, useNow(1000));
  if (seconds === null) return null;
  return (
    <span className="atmo-run-took">
      {run.finishedAt === null ? 'has taken' : 'took'} <strong>{exactDurationText(seconds)}</strong>
      {usual !== null && `, usually ${exactDurationText(usual)}`}
    </span>
  );
};

/** A run in one line: outcome, time beside the usual one, cost, trigger, size and parameters. */
export const RunHeadline = ({ run, usual }: { readonly run: RunView; readonly usual: number | null }) => (
  <div className="atmo-run-headline">
    <RunState run={run} />
    <Took run={run} usual={usual} />
    <span className="atmo-run-cost">
      <CostSoFar cost={run.cost} />
    </span>
    <span>
      {triggerWords(run)}, <Moment at={run.scheduledAt} />
    </span>
    <span>{sizeWords(run)}</span>
    {Object.entries(run.parameters).map(([name, value]) => (
      <code key={name} className="atmo-chip">
        {name} = {JSON.stringify(value)}
      </code>
    ))}
  </div>
);
