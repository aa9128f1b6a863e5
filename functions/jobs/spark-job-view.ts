import type { ListedSparkJobView, SparkJobView } from '../../shared/contract/spark-job.ts';
import { permissionsOn } from '../../shared/domain/access.ts';
import type { Grant } from '../../shared/domain/grant.ts';
import { nextRuns } from '../../shared/domain/occurrences.ts';
import type { Person } from '../../shared/domain/person.ts';
import { scheduleInWords } from '../../shared/domain/schedule.ts';
import { isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';
import { runInShort, runToView } from '../runs/run-view.ts';

const NEXT_RUNS = 5;

/** @param grants on the job; none where the person is its owner or an admin */
const settingsView = (
  job: SparkJob,
  person: Person,
  grants: readonly Grant[],
): Omit<ListedSparkJobView, 'latestRun'> => ({
  identifier: job.identifier,
  ownerId: job.ownerId,
  owner: job.owner,
  description: job.description,
  notebook: {
    name: job.notebook.name,
    kind: job.notebook.kind,
    version: job.notebook.version,
    size: job.notebook.size,
  },
  resultVisibility: job.resultVisibility,
  size: job.size,
  schedule: job.schedule,
  scheduleInWords: scheduleInWords(job.schedule, job.scheduleAnchor),
  timeout: job.timeout,
  startDate: job.startDate,
  endDate: job.endDate,
  emrRelease: job.emrRelease,
  engine: job.engine,
  isEnabled: job.isEnabled,
  expiredAt: job.expiredAt,
  isRunnable: isRunnable(job),
  nextRuns: [...nextRuns(job, NEXT_RUNS)],
  recentRuns: [...(job.recentRuns ?? [])],
  latestMissed: job.latestMissed ?? null,
  permissions: permissionsOn('sparkJob', job, person, grants),
  createdAt: job.createdAt,
  modifiedAt: job.modifiedAt,
});

/** A job as lists have it. */
export const listedSparkJobView = (job: SparkJob, person: Person, grants: readonly Grant[]): ListedSparkJobView => ({
  ...settingsView(job, person, grants),
  latestRun: job.latestRun === null ? null : runInShort(job.latestRun),
});

/** Converts a job for the API, without S3 keys. */
export const sparkJobToView = (job: SparkJob, person: Person, grants: readonly Grant[]): SparkJobView => ({
  ...settingsView(job, person, grants),
  parameters: { ...job.parameters },
  latestRun: job.latestRun === null ? null : runToView(job.latestRun),
});
