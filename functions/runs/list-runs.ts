import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { RunSortField } from '../../shared/contract/routes/runs.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { Person } from '../../shared/domain/person.ts';
import { reasonOf, type Run } from '../../shared/domain/run.ts';
import type { Searchable } from '../../shared/domain/search.ts';
import { visibleJob, type RunReading } from '../access/permitted-run.ts';
import { searchedPage } from '../access/searched-list.ts';
import { runToListed } from './run-view.ts';

type Route = Routes['listRuns'];

/** The cursor of a page that holds the latest run alone, because one was asked for. */
const AFTER_LATEST = 'after-latest';

const SEARCHABLE: Searchable<Run, RunSortField> = {
  idOf: ({ id }) => id,
  textsOf: (run) => {
    const reason = reasonOf(run);
    const { status, emrId } = run.workload;
    return [`#${run.number}`, run.trigger, run.outcome, status, emrId, reason?.code ?? null, reason?.message ?? null];
  },
  fields: {
    number: ({ number }) => number,
    trigger: ({ trigger }) => trigger,
    outcome: ({ outcome }) => outcome,
    status: ({ workload }) => workload.status,
    size: ({ size }) => size,
    scheduledAt: ({ scheduledAt }) => scheduledAt,
    startedAt: ({ workload }) => workload.startedAt,
    finishedAt: ({ workload }) => workload.finishedAt,
  },
  byDefault: '-scheduledAt',
};

/** The latest run's item is ahead of the history, and of a run just claimed the history may know nothing yet. */
const isUnrecorded = ({ id }: Run, newest: readonly Run[]): boolean => newest.every((run) => run.id < id);

/** @throws NotFound */
export const listRuns =
  (lookup: RunReading) =>
  async ({ identifier, ...request }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const { id: jobId, latestRun: latest } = await visibleJob(lookup, identifier, person);
    const history = (page: PageRequest): Promise<Page<Run>> => lookup.history.list(jobId, page);

    const read = async ({ limit, cursor }: PageRequest): Promise<Page<Run>> => {
      const page = await history({ limit, cursor: cursor === AFTER_LATEST ? undefined : cursor });
      const answer = (runs: readonly Run[], next = page.cursor): Page<Run> => ({
        items: runs.map((run) => (run.id === latest?.id ? latest : run)),
        cursor: next,
      });
      if (latest === null || cursor !== undefined || !isUnrecorded(latest, page.items)) return answer(page.items);
      if (page.items.length < limit) return answer([latest, ...page.items]);
      if (limit === 1) return answer([latest], AFTER_LATEST);
      const shorter = await history({ limit: limit - 1 });
      return answer([latest, ...shorter.items], shorter.cursor);
    };

    const page = await searchedPage(read, request, SEARCHABLE);
    return { ...page, items: page.items.map(runToListed) };
  };
