import type { RunJobRequest, RunJobTasks } from '../../shared/contract/run-job.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import { isRunOf } from '../../shared/domain/occurrences.ts';
import type { MissedReason } from '../../shared/domain/run-reasons.ts';
import type { Run } from '../../shared/domain/run.ts';
import { isPastEnd, isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { OwnActs } from '../access/own-acts.ts';
import { expiryOf, type MarkExpired } from '../jobs/mark-expired.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { RunLifecycle } from '../runs/run-lifecycle.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';
import { releaseClaim } from './release-claim.ts';
import { requestedJob } from './requested-job.ts';

interface JobTasksDependencies {
  readonly jobs: SparkJobRepository;
  readonly lifecycle: Pick<RunLifecycle, 'owning' | 'recordTimeout' | 'timeOutRun'>;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly schedules: Pick<JobSchedules, 'remove'>;
  readonly markExpired: MarkExpired;
  readonly acts: Pick<OwnActs, 'record'>;
  readonly clock: Clock;
}

/** EMR takes ten terminations at once, and all occurrences that wait for a run see its timeout at once. */
const ASKED_AGAIN_AFTER_MINUTES = 1;

const isJustTerminated = ({ workload: { termination } }: Run, now: Instant): boolean =>
  termination !== null && plusMinutes(termination.at, ASKED_AGAIN_AFTER_MINUTES) > now;

/** Tasks that change the requested job and return nothing. @throws NotFound if the job was deleted */
export const jobTasks = (deps: JobTasksDependencies) => {
  const { jobs, lifecycle, recordMissedOccurrence, schedules, markExpired, acts, clock } = deps;
  const release = releaseClaim({ owning: lifecycle.owning, clock });

  const task =
    <Input extends { readonly request: RunJobRequest }>(act: (job: SparkJob, input: Input) => Promise<unknown>) =>
    async (input: Input): Promise<Record<string, never>> => {
      await act(await requestedJob(jobs, input.request), input);
      return {};
    };

  /** Records a missed occurrence: in its claim if it has one, otherwise as a history entry. */
  const recordWithoutRun = async (
    known: SparkJob,
    request: RunJobRequest,
    {
      ofClaim,
      ofOccurrence = () => ofClaim,
    }: { ofClaim: MissedReason; ofOccurrence?: (job: SparkJob) => MissedReason },
  ): Promise<SparkJob> => {
    const { job, isOwn } = await release(known, request, ofClaim);
    if (!isOwn) await recordMissedOccurrence(job, request, ofOccurrence(job));
    return job;
  };

  const recordMissed = task<RunJobTasks['recordMissed']['input']>((job, { request }) =>
    recordWithoutRun(job, request, {
      ofClaim: 'notStarted',
      ofOccurrence: (current) => (isRunnable(current) ? 'notStarted' : 'previousRun'),
    }),
  );

  return {
    recordDisabled: task((job, { request }) => recordWithoutRun(job, request, { ofClaim: 'disabled' })),

    /** The previous run took too long, or AWS kept failing. Mails the owner. */
    recordMissed: async (input: RunJobTasks['recordMissed']['input']): Promise<Record<string, never>> => {
      try {
        return await recordMissed(input);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        logger.info('The job of a missed run was deleted', { ...input });
        return {};
      }
    },

    notifyTimedOut: task<RunJobTasks['notifyTimedOut']['input']>((job, { runId }) =>
      lifecycle.recordTimeout(job, runId),
    ),

    /**
     * Also records the time-out where notifying could not. An occurrence that waits for the run leaves it to others for a minute.
     * @throws AwsThrottled, AwsFailed
     */
    terminateRun: task<RunJobTasks['terminateRun']['input']>(async (job, { request, runId }) => {
      const { latestRun } = job;
      if (latestRun !== null && !isRunOf(latestRun, request) && isJustTerminated(latestRun, clock.now())) return;
      await lifecycle.timeOutRun(job, runId);
    }),

    /** Unless the end of the job was moved meanwhile. @throws AwsThrottled, AwsFailed */
    removeSchedule: task(async (job) => {
      if (!isPastEnd(job, clock.now())) return;
      if (job.expiredAt === null) await acts.record(expiryOf(job));
      await schedules.remove(job);
    }),

    markExpired: task(async (job, { request }) =>
      markExpired(await recordWithoutRun(job, request, { ofClaim: 'pastEnd' })),
    ),
  };
};
