import type { RunView } from '../../../shared/contract/run.ts';
import { countText } from '../../lib/amounts.ts';
import { tookText } from '../../lib/instant-text.ts';

const TRIGGERS: Readonly<Record<RunView['trigger'], string>> = {
  schedule: 'Schedule',
  manual: 'Run now',
  firstRun: 'First run',
};

/** What each engine is, in a name and one line: its start, its cost, what it can. */
export const ENGINE_WORDS: Readonly<
  Record<RunView['engine'], { readonly label: string; readonly description: string }>
> = {
  serverless: {
    label: 'EMR Serverless',
    description: 'Starts within a minute or two and bills what the run uses, by the second. For Jupyter notebooks.',
  },
  cluster: {
    label: 'Cluster',
    description:
      'A cluster for each run: six to ten minutes until it starts, billed until it ends. Also for Zeppelin notes.',
  },
};

/** How large a run or a job is: what it counts depends on its engine. */
export const sizeWords = ({ engine, size }: Pick<RunView, 'engine' | 'size'>): string =>
  engine === 'serverless' ? `At most ${countText(size, 'executor')}` : countText(size, 'worker');

export const triggerWords = ({ trigger }: Pick<RunView, 'trigger'>): string => TRIGGERS[trigger];

/** Time since EMR started the run, until it finished or until now. */
export const runDuration = (
  { startedAt, finishedAt }: Pick<RunView, 'startedAt' | 'finishedAt'>,
  now: number,
): string => tookText(startedAt, finishedAt, now);

/** The same in seconds; null where EMR never started it. */
export const secondsTaken = (
  { startedAt, finishedAt }: Pick<RunView, 'startedAt' | 'finishedAt'>,
  now: number,
): number | null =>
  startedAt === null
    ? null
    : Math.max(0, ((finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000);
