import SpaceBetween from '@cloudscape-design/components/space-between';

import { Estimate } from '../../components/estimate.tsx';
import { sparkJobRoutes } from '../../lib/contract.ts';
import { numberOf } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { instantOf } from './moment-input.ts';
import { scheduleOf } from './schedule-input.ts';
import { SchedulePreview } from './schedule-preview.tsx';
import type { SparkJobInput } from './spark-job-input.ts';

interface SparkJobForecastProps {
  readonly values: SparkJobInput;
  readonly presentStart: string | null;
}

/** The next runs and the estimated cost of the job as typed. */
export const SparkJobForecast = ({ values, presentStart }: SparkJobForecastProps) => {
  const schedule = scheduleOf(values.schedule);
  const size = numberOf(values.size) ?? 0;
  const timeout = numberOf(values.timeout) ?? 0;
  const settled = useSettled({ size, timeout, schedule });
  const estimate = useRead('estimateSparkJob', settled, {
    enabled: sparkJobRoutes.estimateSparkJob.body.safeParse(settled).success,
    keepPrevious: true,
    staleTime: 60_000,
  });
  return (
    <SpaceBetween size="l">
      <Estimate
        query={estimate}
        amounts={[
          { label: 'Per run, at most', of: ({ perRun }) => perRun },
          { label: 'Per month, at most', of: ({ perMonth }) => perMonth, isTotal: true },
        ]}
      />
      <SchedulePreview
        schedule={schedule}
        startDate={values.hasStart ? instantOf(values.start) : presentStart}
        endDate={values.hasEnd ? instantOf(values.end) : null}
      />
    </SpaceBetween>
  );
};
