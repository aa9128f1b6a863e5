import { useQuery } from '@tanstack/react-query';

import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';

type Scheduled = Pick<ListedSparkJobView, 'schedule' | 'scheduleInWords'>;

/** EventBridge counts weekdays from 1, and has no seconds. */
const OPTIONS = {
  dayOfWeekStartIndexZero: false,
  use24HourTimeFormat: true,
  throwExceptionOnParseError: true,
} as const;

const describe = async (expression: string): Promise<string> => {
  const { default: cronstrue } = await import('cronstrue');
  // A time alone leaves open on which days.
  return cronstrue.toString(`0 ${expression}`, OPTIONS).replace(/^At (\d\d:\d\d)$/, 'Daily at $1');
};

/** The schedule in words, with the expression that says it; until the words are loaded, the expression alone. */
export const ScheduleWords = ({ job: { schedule, scheduleInWords } }: { readonly job: Scheduled }) => {
  const expression = schedule.type === 'cron' ? schedule.expression : null;
  const words = useQuery({
    queryKey: ['schedule in words', expression],
    queryFn: () => describe(expression ?? ''),
    enabled: expression !== null,
    staleTime: Infinity,
    retry: false,
  });
  if (schedule.type !== 'cron' || words.data === undefined) return scheduleInWords;
  return (
    <span title={scheduleInWords}>
      {words.data} <span className="atmo-whole">({schedule.timeZone})</span>
    </span>
  );
};
