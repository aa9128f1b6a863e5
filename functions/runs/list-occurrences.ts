import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { occurrenceRecords } from '../../shared/domain/occurrence-record.ts';
import { nextRuns } from '../../shared/domain/occurrences.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Run } from '../../shared/domain/run.ts';
import { permittedSparkJob, type RunLookup } from '../access/permitted-run.ts';

type Route = Routes['listOccurrences'];

const UPCOMING = 5;

/** Runs of one read, and reads of one request: a job that is mostly run by hand shows fewer occurrences. */
const ROUND = 100;
const MOST_ROUNDS = 5;

/** The history sorts by planning, which for an occurrence that waited is after later missed ones. */
const OUT_OF_ORDER = 10;

const newestScheduled = async (history: RunLookup['history'], jobId: string, count: number): Promise<Run[]> => {
  const found: Run[] = [];
  let cursor: string | null | undefined;
  for (let round = 0; round < MOST_ROUNDS && cursor !== null && found.length < count; round += 1) {
    const page = await history.list(jobId, { limit: Math.min(ROUND, count), cursor });
    found.push(...page.items.filter(({ trigger }) => trigger !== 'manual'));
    ({ cursor } = page);
  }
  return found;
};

/**
 * What became of a job's scheduled times, and the next five. Nothing moves by the clock alone: an occurrence is upcoming until
 * it is handled.
 * @throws NotFound
 */
export const listOccurrences =
  (lookup: RunLookup) =>
  async ({ identifier, limit }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const { job } = await permittedSparkJob(lookup, identifier, person, 'view');
    const history = await newestScheduled(lookup.history, job.id, limit + OUT_OF_ORDER);
    return {
      items: [...occurrenceRecords(job, history, limit)],
      upcoming: [...nextRuns(job, UPCOMING)],
      modifiedAt: job.modifiedAt,
    };
  };
