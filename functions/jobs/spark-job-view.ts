import type { SparkJobView } from '../../shared/contract/routes/spark-jobs.ts';
import { permissionsOnSparkJob } from '../../shared/domain/access.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Person } from '../../shared/domain/person.ts';
import { scheduleInWords } from '../../shared/domain/schedule.ts';
import { isDue, isRunnable, nextRuns, type SparkJob } from '../../shared/domain/spark-job.ts';
import { runToView } from '../runs/run-view.ts';

const NEXT_RUNS = 5;

/** A job as its person may see it: without keys. */
export const sparkJobView = (job: SparkJob, person: Person, now: Instant): SparkJobView => ({
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
  parameters: { ...job.parameters },
  resultVisibility: job.resultVisibility,
  size: job.size,
  schedule: job.schedule,
  scheduleInWords: scheduleInWords(job.schedule, job.scheduleAnchor),
  timeout: job.timeout,
  startDate: job.startDate,
  endDate: job.endDate,
  emrRelease: job.emrRelease,
  isEnabled: job.isEnabled,
  expiredAt: job.expiredAt,
  isDue: isDue(job, now),
  isRunnable: isRunnable(job),
  nextRuns: [...nextRuns(job, now, NEXT_RUNS)],
  latestRun: job.latestRun === null ? null : runToView(job.latestRun, now),
  permissions: permissionsOnSparkJob(job, person),
  createdAt: job.createdAt,
  modifiedAt: job.modifiedAt,
});
