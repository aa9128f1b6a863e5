import { StaleWrite } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import { terminationRequested } from '../../shared/domain/run-launch.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { AnnounceRunEnd } from '../workloads/announce-run-end.ts';
import type { PassOnRunTermination } from '../workloads/pass-on-run-termination.ts';
import { requireOnSparkJob } from '../access/permitted-run.ts';
import type { Clock } from '../runtime/clock.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

interface DeleteSparkJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly identifiers: JobIdentifiers;
  readonly notebooks: NotebookStore;
  readonly schedules: JobSchedules;
  readonly passOnTermination: PassOnRunTermination;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly clock: Clock;
}

/** Nobody follows the run of a deleted job any more: its history ends here. */
const endLatestRun = async (job: SparkJob, announceRunEnd: AnnounceRunEnd, now: string): Promise<void> => {
  const run = job.latestRun;
  if (run === null || isFinalRun(run)) return;
  await announceRunEnd(
    { ...job, pendingMails: [] },
    {
      ...run,
      status: 'TERMINATED',
      outcome: 'cancelled',
      reason: { code: 'USER_REQUEST', message: 'The job was deleted.' },
      finishedAt: now,
      version: job.version,
    },
  );
};

/** Written before the job goes: until then the job itself is what is found. */
const rememberDeleted = async (identifiers: JobIdentifiers, job: SparkJob, now: string): Promise<void> => {
  const { id: jobId, identifier, description, runCount } = job;
  await identifiers.claim(identifier, job.ownerId);
  const deleted = { jobId, description, runCount, deletedAt: now };
  await identifiers.change(identifier, (known) => ({ ...known, deleted }));
};

/** Whoever keeps changing the job at the same time is a run that comes and goes; more often is no coincidence. */
const MAX_ATTEMPTS = 5;

/**
 * Deletes a job with all but its results. The item goes last, and only as it was when its run was ended: a run that was claimed
 * meanwhile is ended too. What fails in between can be repeated by deleting again, or else the upkeep restores the schedule. A
 * cluster whose launch is still uncertain turns up without a job, and is terminated as an orphan.
 * @throws NotFound, Forbidden; AwsThrottled, AwsFailed; StaleWrite
 */
export const deleteSparkJob =
  ({ jobs, identifiers, notebooks, schedules, passOnTermination, announceRunEnd, clock }: DeleteSparkJobDependencies) =>
  async ({ identifier }: { readonly identifier: string }, person: Person): Promise<undefined> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const job = await jobs.change(identifier, (current) => {
        requireOnSparkJob('manage', current, person);
        const now = clock.now();
        const end = (run: NonNullable<SparkJob['latestRun']>) =>
          terminationRequested(run, person.username, 'jobDeleted', now);
        const ending = current.latestRun === null ? current : withLatestRun(current, current.latestRun.id, end, now);
        return { ...ending, schedulePendingSince: now };
      });
      await schedules.remove(job);
      const isLive = job.latestRun !== null && !isFinalRun(job.latestRun);
      const ended = isLive ? await passOnTermination(job) : job;
      await notebooks.deleteAll(job.id);
      await rememberDeleted(identifiers, ended, clock.now());
      if (!(await jobs.delete(ended))) continue;
      // The upkeep may have written it again before the item was gone.
      await schedules.remove(job);
      await endLatestRun(ended, announceRunEnd, clock.now());
      return;
    }
    throw new StaleWrite('Runs of this job keep starting. Disable it, then delete it.', { identifier });
  };
