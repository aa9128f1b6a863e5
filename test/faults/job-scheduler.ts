import { nextOccurrences } from '../../shared/domain/schedule.ts';
import { plusHours, wholeSecond, type Instant } from '../../shared/domain/instant.ts';
import { windowOf } from '../../shared/domain/former-schedule.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { JobSchedules } from '../../functions/ports/job-schedules.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Trace } from './trace.ts';

const MINUTE = 60_000;
const PRECISION = MINUTE;
const RETRY_EVERY = 5 * MINUTE;
/** Retries back off. */
const LONGEST_RETRY = 3 * 60 * MINUTE;
const MAX_AGE = 24 * 60 * MINUTE;

/** An occurrence that a job's schedule stands for, whether or not it was delivered. */
export interface Fired {
  readonly jobId: string;
  readonly identifier: string;
  readonly occurrence: Instant;
}

interface JobSchedulerDependencies {
  readonly plan: FaultPlan;
  readonly trace: Trace;
  readonly end: number;
  /** StartExecution. */
  readonly start: (request: RunJobRequest) => void;
  /** Whether the job still has this schedule: after a change Scheduler may have yet to learn of it. */
  readonly isCurrent: (identifier: string) => boolean;
}

/** EventBridge Scheduler: at least once or, with bad luck, never; an outage ends with what it held back. */
export const jobScheduler = ({ plan, trace, end, start, isCurrent }: JobSchedulerDependencies) => {
  const entries = new Map<string, SparkJob>();
  const fired: Fired[] = [];

  const deliver = (request: RunJobRequest): void => {
    const age = Date.now() - Date.parse(request.occurrence);
    if (plan.isOut('scheduler') || plan.isOut('workflow')) {
      if (age < MAX_AGE) setTimeout(() => deliver(request), RETRY_EVERY);
      return;
    }
    trace('world', () => `Scheduler delivers ${request.identifier} ${request.occurrence}`);
    start(request);
    // Scheduler never learnt that its call was taken.
    if (plan.loses()) setTimeout(() => deliver(request), RETRY_EVERY + plan.travel(LONGEST_RETRY));
  };

  const fire = (job: SparkJob, occurrence: Instant): void => {
    const { id: jobId, identifier } = job;
    if (isCurrent(identifier)) fired.push({ jobId, identifier, occurrence: wholeSecond(occurrence) });
    const rounded = `${occurrence.slice(0, 19)}Z`;
    const request = { jobId, identifier, trigger: 'schedule', occurrence: rounded, parameters: null } as const;
    const copies = plan.loses() ? 0 : plan.doubles() ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) setTimeout(() => deliver(request), plan.travel(PRECISION));
  };

  const following = (job: SparkJob, last: Instant): Instant | null => {
    if (job.schedule.type !== 'interval') return nextOccurrences(job.schedule, windowOf(job), last, 1).times[0] ?? null;
    const next = plusHours(last, job.schedule.hours);
    return job.endDate !== null && next > job.endDate ? null : next;
  };

  const arm = (job: SparkJob, next: Instant | null): void => {
    if (next === null || Date.parse(next) > end) return;
    setTimeout(
      () => {
        if (entries.get(job.id) !== job) return;
        fire(job, next);
        arm(job, following(job, next));
      },
      Math.max(0, Date.parse(next) - Date.now()),
    );
  };

  const schedules: JobSchedules = {
    async put(job, next) {
      const copy = { ...job };
      entries.set(job.id, copy);
      arm(copy, next);
    },
    scheduledJobs: async () => new Set(entries.keys()),
    async remove({ id }) {
      entries.delete(id);
    },
  };
  return { schedules, entries, fired };
};

export type JobScheduler = ReturnType<typeof jobScheduler>;
