import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { endedWithJob, withRunWorkload } from '../../shared/domain/run-outcome.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { terminationRequested, type TerminationRequest } from '../../shared/domain/workload.ts';
import { permittedSparkJob } from '../access/permitted-run.ts';
import { removeGrantsOn } from '../access/remove-grants.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { PublishRunEnd } from '../runs/publish-run-end.ts';
import type { WithdrawResults } from './withdraw-results.ts';

interface DeleteSparkJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly grants: Pick<GrantRepository, 'on' | 'remove'>;
  readonly quotas: Pick<QuotaReservations, 'open' | 'release'>;
  readonly identifiers: JobIdentifiers;
  readonly withdrawal: Pick<WithdrawResults, 'now'>;
  readonly notebooks: NotebookStore;
  readonly schedules: JobSchedules;
  readonly engines: Engines;
  readonly publishRunEnd: PublishRunEnd;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** The job with a recorded termination of its active run. */
const ending = (job: SparkJob, request: TerminationRequest): SparkJob => {
  const run = job.latestRun;
  if (run === null) return job;
  const workload = terminationRequested(run.workload, request);
  return withRunWorkload(job, run, workload, { notebook: null, now: request.at });
};

/** Written before the job is deleted; until then the job itself is found. */
const rememberDeleted = async (
  identifiers: JobIdentifiers,
  job: SparkJob,
  results: 'keep' | 'remove',
  now: string,
): Promise<void> => {
  const { id: jobId, identifier, description, runCount } = job;
  await identifiers.claim(identifier, job.ownerId);
  const deleted = results === 'remove' ? null : { jobId, description, runCount, deletedAt: now };
  const withdrawal = { scope: results === 'remove' ? 'all' : 'public', since: now } as const;
  await identifiers.change(identifier, (known) => ({ ...known, deleted, withdrawal }));
};

const terminateLatestRun = async ({ latestRun }: SparkJob, engines: Engines): Promise<void> => {
  if (latestRun === null || isFinalRun(latestRun)) return;
  const { engine, emrId } = latestRun.workload;
  if (emrId !== null) await engines[engine].terminate([emrId]);
};

/** Closes the history of a run that goes on; after a crash before this, the adding up of usage does. */
const closeLatestRun = async (job: SparkJob, publishRunEnd: PublishRunEnd, now: Instant): Promise<void> => {
  const run = job.latestRun;
  if (run === null || isFinalRun(run)) return;
  await publishRunEnd({ ...job, outbox: [] }, { ...endedWithJob(run, now), version: job.version });
};

/** While the item has the end of a run. One that was never launched, as its end by this deletion, is in no usage that is added up. */
const publishEndedRun = async (job: SparkJob, publishRunEnd: PublishRunEnd): Promise<void> => {
  const run = job.latestRun;
  if (run !== null && isFinalRun(run)) await publishRunEnd({ ...job, outbox: [] }, run);
};

/** Attempts to delete a job that a run changes meanwhile. */
const MAX_ATTEMPTS = 5;

/**
 * Deletes a job and makes its results private, or removes them. The item is deleted last, on the condition that it has not
 * changed since its run was terminated, so that a run claimed meanwhile is terminated too. After a failure the person can delete again; otherwise the upkeep restores
 * the schedule. A run whose launch is still uncertain has no job then, and is terminated as an orphan.
 * @throws NotFound, Forbidden; AwsThrottled, AwsFailed; StaleWrite
 */
export const deleteSparkJob =
  ({
    jobs,
    grants,
    quotas,
    identifiers,
    withdrawal,
    notebooks,
    schedules,
    engines,
    publishRunEnd,
    audit,
    clock,
  }: DeleteSparkJobDependencies) =>
  async ({ identifier, results }: RouteInput<Routes['deleteSparkJob']>, person: Caller): Promise<undefined> => {
    const { job: known } = await permittedSparkJob({ jobs, grants }, identifier, person, 'manage');
    const { owner, latestRun } = known;
    const endsRun = latestRun === null || isFinalRun(latestRun) ? null : latestRun.id;
    const object = { kind: 'spark-job', id: identifier } as const;
    await audit.record(
      actOf(person, { action: 'spark-job.delete', object, detail: { owner, results, endsRun } }, clock.now()),
    );
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const job = await jobs.change(identifier, (current) => {
        const now = clock.now();
        return {
          ...ending(current, { by: person.username, reason: 'jobDeleted', at: now }),
          schedulePendingSince: now,
        };
      });
      await quotas.open(job.ownerId, { kind: 'sparkJob', id: identifier });
      await schedules.remove(job);
      await terminateLatestRun(job, engines);
      await notebooks.deleteAll(job.id);
      await rememberDeleted(identifiers, job, results, clock.now());
      await publishEndedRun(job, publishRunEnd);
      if (!(await jobs.delete(job))) continue;
      await quotas.release(job.ownerId, { kind: 'sparkJob', id: identifier });
      // The upkeep may have written the schedule again before the item was deleted.
      await schedules.remove(job);
      await withdrawal.now(identifier);
      await closeLatestRun(job, publishRunEnd, clock.now());
      await removeGrantsOn(grants, 'sparkJob', job.id);
      return;
    }
    throw new StaleWrite('New runs of this job keep starting. Disable it, then delete it.', { identifier });
  };
