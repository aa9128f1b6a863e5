import { FINISHED_TASK, PERIODIC_TASKS, periodOf, type PeriodicTask } from '../../../shared/contract/upkeep.ts';

/** An error that the function logged, one that it threw, and the ends that Lambda itself reports. */
const ERROR = /"level":"ERROR"|\tERROR\t|"errorType"|Task timed out|Runtime exited/;

/** A daily task is not waited for. */
export const FREQUENT_TASKS = (Object.keys(PERIODIC_TASKS) as PeriodicTask[]).filter(
  (task) => periodOf(task).minutes <= 60,
);

export interface UpkeepLog {
  readonly unfinished: readonly PeriodicTask[];
  readonly errors: readonly string[];
}

/** What the log of the upkeep function says: which periodic tasks have not finished even once, and what failed. */
export const readUpkeepLog = (messages: readonly string[]): UpkeepLog => ({
  unfinished: FREQUENT_TASKS.filter(
    (task) => !messages.some((text) => text.includes(`"${FINISHED_TASK}"`) && text.includes(`"task":"${task}"`)),
  ),
  errors: messages.filter((text) => ERROR.test(text)),
});
