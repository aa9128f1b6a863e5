import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { countText } from '../../lib/amounts.ts';
import { elapsedText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { Card } from './card.tsx';
import { comingRuns } from './coming-runs.ts';

/** Rows before the rest is only counted. */
const SHOWN = 8;

/** The runs of the next 24 hours. */
export const ComingCard = ({ jobs }: { readonly jobs: readonly ListedSparkJobView[] }) => {
  const now = useNow();
  const runs = comingRuns(jobs, now);
  return (
    <Card title="Next 24 hours" count={runs.length}>
      {runs.length === 0 && <p className="atmo-quiet">No run is scheduled.</p>}
      <ul className="atmo-rows">
        {runs.slice(0, SHOWN).map(({ identifier, at }) => (
          <li key={`${identifier} ${at}`}>
            <span className="atmo-row-text">
              <PageLink to={PAGES.sparkJob(identifier)}>
                <Name text={identifier} />
              </PageLink>{' '}
              in {elapsedText(toInstant(now), at)}
            </span>
            <Moment at={at} />
          </li>
        ))}
      </ul>
      {runs.length > SHOWN && <p className="atmo-quiet">and {countText(runs.length - SHOWN, 'more run')}</p>}
    </Card>
  );
};
