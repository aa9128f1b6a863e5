import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { Estimate } from '../../components/estimate.tsx';
import { LaunchEffect } from '../../components/launch-effect.tsx';
import { countText, moneyText } from '../../lib/amounts.ts';
import { sparkJobRoutes } from '../../lib/contract.ts';
import { numberOf } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useJobEngine } from './job-engine.ts';
import { instantOf } from './moment-input.ts';
import { scheduleOf } from './schedule-input.ts';
import { SchedulePreview } from './schedule-preview.tsx';
import type { SparkJobInput } from './spark-job-input.ts';

interface SparkJobForecastProps {
  readonly values: SparkJobInput;
  readonly presentStart: string | null;
  /** Of the job that is edited; null for a new one. */
  readonly identifier: string | null;
}

const effectOf = ({ usual, machines, workers, budget, currency }: RouteOutput<Routes['estimateSparkJob']>) => (
  <>
    {usual !== null && (
      <Box fontSize="body-s">
        Usually {moneyText(usual.perRun, currency)} a run and {moneyText(usual.perMonth, currency)} a month, from the
        last {countText(usual.runs, 'run')}.
      </Box>
    )}
    <LaunchEffect machines={machines} workers={workers} budget={budget} what="one run" />
  </>
);

/** The next runs and the estimated cost of the job as typed. */
const SparkJobForecast = ({ values, presentStart, identifier }: SparkJobForecastProps) => {
  const schedule = scheduleOf(values.schedule);
  const size = numberOf(values.size) ?? 0;
  const timeout = numberOf(values.timeout) ?? 0;
  const settled = useSettled({
    size,
    timeout,
    schedule,
    engine: useJobEngine(values),
    ...(identifier === null ? {} : { identifier }),
  });
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
        more={effectOf}
      />
      <SchedulePreview
        schedule={schedule}
        startDate={values.hasStart ? instantOf(values.start) : presentStart}
        endDate={values.hasEnd ? instantOf(values.end) : null}
      />
    </SpaceBetween>
  );
};

export default SparkJobForecast;
