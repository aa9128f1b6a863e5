import { Link } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RecentRunView } from '../../../shared/contract/run.ts';
import { runStateWords } from '../runs/run-state.tsx';
import './recent-runs.css';

const lookOf = ({ outcome, reasonCode }: RecentRunView): string => (reasonCode === undefined ? outcome : 'cancelled');

/** How a job's last runs ended, a square each, the newest at the end. */
export const RecentRuns = ({
  identifier,
  runs,
}: {
  readonly identifier: string;
  /** Newest first. */
  readonly runs: readonly RecentRunView[];
}) =>
  runs.length === 0 ? (
    '–'
  ) : (
    <ol className="atmo-squares" aria-label="Last runs, the newest at the end">
      {runs.toReversed().map((run) => {
        const words = `Run ${run.number}: ${runStateWords({ ...run, phase: 'ended' })[1].toLowerCase()}`;
        return (
          <li key={run.id}>
            <Link
              to={PAGES.run(identifier, run.id)}
              className={`atmo-square-${lookOf(run)}`}
              aria-label={words}
              title={words}
            />
          </li>
        );
      })}
    </ol>
  );
