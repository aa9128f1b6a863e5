import type { SessionState } from '../connect/connect-session.ts';
import { isFinal, type ApplicationRecord, type JobRunState, type Stores, type Workers } from './records.ts';
import { resourcesOf } from './workers.ts';

/** States in which a job run or a session has no workers yet. */
const WITHOUT_WORKERS: ReadonlySet<JobRunState | SessionState> = new Set(['SUBMITTED', 'QUEUED']);

const amountIn = (text: string): number => Number.parseInt(text, 10);

/** Job runs and sessions of an application that hold workers, or are about to get them. */
const holdingIn = <Work extends { readonly applicationId: string; readonly state: JobRunState | SessionState }>(
  id: string,
  works: readonly Work[],
): Work[] => works.filter((work) => work.applicationId === id && !isFinal(work) && !WITHOUT_WORKERS.has(work.state));

/** Whether workers are within an application's maximum capacity on their own. */
export const fitsAlone = ({ request: { maximumCapacity: most } }: ApplicationRecord, workers: Workers): boolean =>
  most === undefined || resourcesOf(workers).cpu <= amountIn(most.cpu);

/** Whether workers are within it beside those of all job runs and sessions that hold some. */
export const fitsNow = ({ id, request }: ApplicationRecord, workers: Workers, stores: Stores): boolean => {
  const { maximumCapacity: most } = request;
  if (most === undefined) return true;
  const holding = [...holdingIn(id, stores.jobRuns.all()), ...holdingIn(id, stores.sessions.all())];
  const wanted = [workers, ...holding.map((work) => work.workers)].map(resourcesOf);
  const sum = (of: 'cpu' | 'memory'): number => wanted.reduce((total, resources) => total + resources[of], 0);
  return sum('cpu') <= amountIn(most.cpu) && sum('memory') <= amountIn(most.memory);
};

/** Whether an application's limit of concurrent job runs lets another one begin. Sessions do not count. */
export const takesAnotherJobRun = ({ id, request }: ApplicationRecord, { jobRuns }: Stores): boolean =>
  holdingIn(id, jobRuns.all()).length < (request.schedulerConfiguration?.maxConcurrentRuns ?? Number.POSITIVE_INFINITY);
