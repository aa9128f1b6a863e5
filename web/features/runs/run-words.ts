import type { RunView } from '../../../shared/contract/routes/runs.ts';
import { elapsedText } from '../../lib/instant-text.ts';

const TRIGGERS: Readonly<Record<RunView['trigger'], string>> = {
  schedule: 'Schedule',
  manual: 'Run now',
  firstRun: 'First run',
};

export const triggerWords = ({ trigger }: Pick<RunView, 'trigger'>): string => TRIGGERS[trigger];

/** Time since EMR started the run, until it finished or until now. */
export const runDuration = (
  { startedAt, finishedAt }: Pick<RunView, 'startedAt' | 'finishedAt'>,
  now: number,
): string => (startedAt === null ? '–' : elapsedText(startedAt, finishedAt ?? now));

/** The address of a cluster in the AWS console. */
export const consoleAddress = (jobflowId: string, region: string): string =>
  `https://${region}.console.aws.amazon.com/emr/home?region=${region}#/clusterDetails/${encodeURIComponent(jobflowId)}`;
