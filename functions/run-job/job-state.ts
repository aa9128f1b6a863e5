import type { JobState, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { ownRun } from '../../shared/domain/occurrences.ts';
import { hasTimedOut } from '../../shared/domain/run.ts';
import { isDue, isOccurrenceTaken, isPastEnd, isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';

/** A manual run does not wait for the start date. */
const dueOf = (job: SparkJob, { trigger }: RunJobRequest, now: Instant): JobState['due'] => {
  if (isPastEnd(job, now)) return 'pastEnd';
  return trigger === 'manual' || isDue(job, now) ? 'due' : 'notYetDue';
};

/** The request's run has a cluster already, or a later occurrence took its place: provisioning says so, and starts nothing. */
const isSettled = (job: SparkJob, request: RunJobRequest): boolean => {
  const own = ownRun(job, request);
  return own === null ? request.trigger !== 'manual' && isOccurrenceTaken(job, request) : own.jobflowId !== null;
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
