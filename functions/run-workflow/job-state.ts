import type { JobState, RunJobRequest } from '../../shared/contract/run-job.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import { ownRun } from '../../shared/domain/occurrences.ts';
import { hasTimedOut } from '../../shared/domain/run.ts';
import { isDue, isOccurrenceClaimed, isPastEnd, isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';

/** Minutes within which Scheduler delivers; it promises one. */
const DELIVERY_MINUTES = 5;

/** The moment to hold against the job's dates: a delivery comes some time after the occurrence, which may be the very end. */
const momentOf = ({ trigger, occurrence }: RunJobRequest, now: Instant): Instant =>
  trigger !== 'manual' && occurrence < now && now <= plusMinutes(occurrence, DELIVERY_MINUTES) ? occurrence : now;

/** A manual run does not wait for the start date. */
const dueOf = (job: SparkJob, request: RunJobRequest, now: Instant): JobState['due'] => {
  const moment = momentOf(request, now);
  if (isPastEnd(job, moment)) return 'pastEnd';
  return request.trigger === 'manual' || isDue(job, moment) ? 'due' : 'notYetDue';
};

/** The request's run has a cluster already, or a later occurrence took its place: provisioning says so, and starts nothing. */
const isSettled = (job: SparkJob, request: RunJobRequest): boolean => {
  const own = ownRun(job, request);
  return own === null ? request.trigger !== 'manual' && isOccurrenceClaimed(job, request) : own.workload.emrId !== null;
};

/**
 * What the workflow's decisions look at. A latest run that stands for this very occurrence does not make it wait: either
 * it is the claim to go on with, or another delivery has started it, and provisioning tells the two apart.
 */
export const jobState = (job: SparkJob, request: RunJobRequest, now: Instant): JobState => {
  const { latestRun } = job;
  const isOwn = ownRun(job, request) !== null;
  const settled = isSettled(job, request);
  return {
    hasRun: latestRun !== null,
    runId: latestRun?.id ?? '',
    isEnabled: job.isEnabled,
    isRunnable: isOwn || settled || isRunnable(job),
    hasTimedOut: !isOwn && latestRun !== null && hasTimedOut(latestRun, now),
    due: settled ? 'due' : dueOf(job, request, now),
  };
};
