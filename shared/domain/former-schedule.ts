import { wholeSecond, type Instant } from './instant.ts';
import { nextOccurrences, type Schedule, type ScheduleWindow } from './schedule.ts';

/** What tells the occurrences of a job. */
export interface Scheduled {
  readonly schedule: Schedule;
  readonly scheduleAnchor: Instant;
  readonly startDate: Instant;
  readonly endDate: Instant | null;
  /** Every occurrence up to this time has a run or a recorded reason. */
  readonly accountedUntil: Instant;
}

/** A schedule that a change replaced, before all of its occurrences until then had a run or a recorded reason. */
export interface FormerSchedule extends Scheduled {
  /** When it was replaced. */
  readonly until: Instant;
}

/** The period in which a schedule is active. */
export const windowOf = ({ scheduleAnchor, startDate, endDate }: Omit<Scheduled, 'schedule' | 'accountedUntil'>) => ({
  anchor: scheduleAnchor,
  startDate,
  endDate,
});

const endingAt = (window: ScheduleWindow, until: Instant): ScheduleWindow => ({
  ...window,
  endDate: window.endDate !== null && window.endDate < until ? window.endDate : until,
});

/** Maximum for one sweep; only a long outage exceeds it, and the next sweep continues. */
const MAX_UNACCOUNTED = 50;

/** Occurrences after the watermark up to a time, oldest first, as Scheduler rounds them. */
export const unaccountedOccurrences = (of: Scheduled, until: Instant): readonly Instant[] =>
  nextOccurrences(of.schedule, endingAt(windowOf(of), until), of.accountedUntil, MAX_UNACCOUNTED)
    .times.map(wholeSecond)
    .filter((time) => time > of.accountedUntil);

/** Whether the occurrence is one that a former schedule may still have open. */
export const isOfFormer = ({ accountedUntil, until }: FormerSchedule, occurrence: Instant): boolean =>
  occurrence > accountedUntil && occurrence <= until;

interface Accounting extends Scheduled {
  readonly formerSchedules?: readonly FormerSchedule[];
}

/**
 * A job whose schedule is another from now on: the watermark restarts, and occurrences that the schedule before left open are
 * kept for the sweep. One may wait for the previous run, or was never delivered.
 */
export const restarted = <Job extends Accounting>(changed: Job, before: Accounting, now: Instant): Job => {
  const { schedule, scheduleAnchor, startDate, endDate, accountedUntil, formerSchedules = [] } = before;
  const former = { schedule, scheduleAnchor, startDate, endDate, accountedUntil, until: now };
  const isOpen = unaccountedOccurrences(former, now).length > 0;
  return { ...changed, accountedUntil: now, ...(isOpen && { formerSchedules: [...formerSchedules, former] }) };
};
