import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { moneyText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';

/** What a job's cost depends on. */
export type EstimatedJob = Pick<SparkJobView, 'identifier' | 'size' | 'timeout' | 'schedule' | 'engine'>;

/** What a run and a month of a job usually and at most cost. */
export const useJobEstimate = ({ identifier, size, timeout, schedule, engine }: EstimatedJob) =>
  useRead('estimateSparkJob', { identifier, size, timeout, schedule, engine }, { staleTime: 60_000 });

/** `Usually $0.10, at most $2.40`. */
export const costWords = (
  { usual, currency, ...most }: RouteOutput<Routes['estimateSparkJob']>,
  span: 'perRun' | 'perMonth',
): string => {
  const limit = moneyText(most[span], currency);
  return usual === null ? `At most ${limit}` : `Usually ${moneyText(usual[span], currency)}, at most ${limit}`;
};
