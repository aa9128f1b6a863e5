import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Clock } from '../runtime/clock.ts';
import { visibleJob, type RunReading } from '../access/permitted-run.ts';
import { runToView } from './run-view.ts';

type Route = Routes['listRuns'];

/** The latest run's item is ahead of the history, and of a run just claimed the history may know nothing yet. */
const withLatest = (runs: readonly Run[], latest: Run | null, isFirstPage: boolean): readonly Run[] => {
  if (latest === null) return runs;
  if (runs.some(({ id }) => id === latest.id)) return runs.map((run) => (run.id === latest.id ? latest : run));
  const isNewest = isFirstPage && runs.every(({ id }) => id < latest.id);
  return isNewest ? [latest, ...runs] : runs;
};

/** @throws NotFound */
export const listRuns =
  ({ clock, ...lookup }: RunReading & { readonly clock: Clock }) =>
  async ({ identifier, limit, cursor }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const job = await visibleJob(lookup, identifier, person);
    const page = await lookup.history.list(job.id, { limit, cursor });
    const now = clock.now();
    const runs = withLatest(page.items, job.latestRun, cursor === undefined);
    return { items: runs.map((run) => runToView(run, now)), cursor: page.cursor };
  };
