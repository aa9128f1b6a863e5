import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { periodOf } from '../../../shared/contract/upkeep.ts';
import { expectThat, type Checks } from '../checks.ts';
import { patiently } from './patiently.ts';
import { FREQUENT_TASKS, readUpkeepLog } from './upkeep-log.ts';

const run = promisify(execFile);

/** The rarest task comes by once in this time. */
const LONGEST_PERIOD_MINUTES = Math.max(...FREQUENT_TASKS.map((task) => periodOf(task).minutes));

/** What the upkeep function logged since; AWS CLI, since nothing else here needs a client for logs. */
const logged = async (environment: string, since: Date): Promise<readonly string[]> => {
  const query = ['logs', 'filter-log-events', '--output', 'json', '--start-time', String(since.getTime())];
  const group = ['--log-group-name', `/aws/lambda/atmo-${environment}-upkeep`];
  // Twelve tasks a quarter of an hour and EMR's events: more than Node's first megabyte on a busy portal.
  const { stdout } = await run('aws', [...query, ...group], { maxBuffer: 64 * 1024 * 1024 });
  const { events } = JSON.parse(stdout) as { events: { message: string }[] };
  return events.map(({ message }) => message);
};

/** That Scheduler starts every periodic task, that each comes to its last line, and that nothing fails on the way. */
export const checkUpkeep = (checks: Checks, { environment, since }: { environment: string; since: Date }) => {
  const from = new Date(since.getTime() - LONGEST_PERIOD_MINUTES * 60_000);
  return checks.check(
    'Every periodic task is started by its schedule and finishes, without an error in the log',
    () =>
      patiently('every task in the log', LONGEST_PERIOD_MINUTES * 60 + 120, async () => {
        const { unfinished, errors } = readUpkeepLog(await logged(environment, from));
        expectThat(errors.length === 0, `the log has ${errors.length} errors: ${errors[0]}`);
        return unfinished.length === 0;
      }),
    () => FREQUENT_TASKS.join(', '),
  );
};
