import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Checks } from '../checks.ts';
import { patiently } from './patiently.ts';

const run = promisify(execFile);

/** What the upkeep function logged since; AWS CLI, since nothing else here needs a client for logs. */
const logged = async (environment: string, since: Date): Promise<readonly string[]> => {
  const query = ['logs', 'filter-log-events', '--output', 'json', '--start-time', String(since.getTime())];
  const { stdout } = await run('aws', [...query, '--log-group-name', `/aws/lambda/atmo-${environment}-upkeep`]);
  const { events } = JSON.parse(stdout) as { events: { message: string }[] };
  return events.map(({ message }) => message);
};

/** That Scheduler really starts what happens by the clock; some of it happens every minute. */
export const checkUpkeep = (checks: Checks, { environment, since }: { environment: string; since: Date }) =>
  checks.check(
    'A periodic task is started by its schedule',
    () =>
      patiently('a start in the log', 150, async () => {
        const starts = (await logged(environment, since)).filter((message) => message.startsWith('START RequestId'));
        return starts.length > 0 && starts.length;
      }),
    (starts) => `${starts} starts within the minute`,
  );
