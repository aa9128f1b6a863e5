import { PAGES } from '../../../shared/contract/pages.ts';
import type { ListedRunView, RunView } from '../../../shared/contract/run.ts';
import { PageLink } from '../../components/links.tsx';
import { useRead } from '../../lib/use-route.ts';

/** Runs among which the one before and the one after are looked for. */
const NEWEST = 100;

/** The run that tells most beside this one: the last before it that worked. */
const yardstickOf = (earlier: readonly ListedRunView[]): readonly [string, ListedRunView | undefined] => {
  const worked = earlier.find(({ outcome }) => outcome === 'succeeded');
  return worked === undefined
    ? ['Compare with the run before', earlier[0]]
    : ['Compare with the last that worked', worked];
};

/** Links to the run before, the run after and the latest one, and to a comparison. */
export const RunNeighbours = ({ identifier, run }: { readonly identifier: string; readonly run: RunView }) => {
  const { data } = useRead('listRuns', { identifier, limit: NEWEST, sort: '-number' });
  const runs = data?.items ?? [];
  const at = runs.findIndex(({ id }) => id === run.id);
  const targets = [
    ['Previous run', at === -1 ? undefined : runs[at + 1]],
    ['Next run', at === -1 ? undefined : runs[at - 1]],
    ['Latest run', at > 1 || at === -1 ? runs[0] : undefined],
  ] as const;
  const [words, yardstick] = yardstickOf(at === -1 ? [] : runs.slice(at + 1));
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
      {yardstick !== undefined && <PageLink to={PAGES.compareRuns(identifier, yardstick.id, run.id)}>{words}</PageLink>}
    </nav>
  );
};
