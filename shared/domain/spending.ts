import { roundedDollars } from './cost.ts';
import type { Metric } from './metrics.ts';
import { isEnded, phaseOf, type Workload } from './workload.ts';

/** What all that runs costs at a moment, and what waits to be launched. */
export interface Spending {
  /** US dollars an hour. */
  readonly hourly: number;
  readonly launchesWaiting: number;
}

/** Names of the metrics, which alarms and dashboard look at. */
export const SPENDING_METRICS = { hourly: 'hourly-cost', launchesWaiting: 'launches-waiting' } as const;

export const spendingMetrics = ({ hourly, launchesWaiting }: Spending): readonly Metric[] => [
  { name: SPENDING_METRICS.hourly, unit: 'None', value: hourly, dimensions: {}, about: null },
  { name: SPENDING_METRICS.launchesWaiting, unit: 'Count', value: launchesWaiting, dimensions: {}, about: null },
];

/** Of workloads that have not ended: those that EMR has taken are billed. */
export const spendingOf = (workloads: readonly Workload[]): Spending => {
  const active = workloads.filter((workload) => !isEnded(workload));
  return {
    hourly: roundedDollars(
      active.reduce((sum, { startedAt, rate }) => (startedAt === null ? sum : sum + rate.hourly), 0),
    ),
    launchesWaiting: active.filter((workload) => phaseOf(workload) === 'waiting').length,
  };
};
