import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import { PageLink } from '../../components/links.tsx';
import { useRead } from '../../lib/use-route.ts';

/** Runs among which the one before and the one after are looked for. */
const NEWEST = 100;

/** Links to the run before, the run after and the latest one. */
export const RunNeighbours = ({ identifier, run }: { readonly identifier: string; readonly run: RunView }) => {
  const { data } = useRead('listRuns', { identifier, limit: NEWEST, sort: '-number' });
  const runs = data?.items ?? [];
  const at = runs.findIndex(({ id }) => id === run.id);
  const targets = [
    ['Previous run', at === -1 ? undefined : runs[at + 1]],
    ['Next run', at === -1 ? undefined : runs[at - 1]],
    ['Latest run', at > 1 || at === -1 ? runs[0] : undefined],
  ] as const;
  return (
    <nav className="atmo-run-neighbours" aria-label="Other runs of the job">
      {targets.map(
        ([text, target]) =>
          target !== undefined && (
            <PageLink key={text} to={PAGES.run(identifier, target.id)}>
              {text}
            </PageLink>
          ),
      )}
    </nav>
  );
};
