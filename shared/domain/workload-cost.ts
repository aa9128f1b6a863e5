import { engineStates } from './engine.ts';
import { CURRENCY, costBetween, type Rate } from './cost.ts';
import { plusHours, type Instant } from './instant.ts';
import { isEnded, type Workload } from './workload.ts';

/** What a workload costs, in US dollars. `since` and `until` bound the time that is billed. */
export interface WorkloadCost extends Rate {
  readonly currency: string;
  /** Null until EMR has taken it: before that nothing is billed. */
  readonly since: Instant | null;
  /** Null while it runs. */
  readonly until: Instant | null;
  /** Only of a workload that has ended: while it runs, the amount grows by the clock and is for the reader to compute. */
  readonly soFar?: number;
}

/** US dollars that it has cost at a moment. */
export const costSoFar = ({ hourly, since, until, soFar }: WorkloadCost, now: Instant): number =>
  soFar ?? (since === null ? 0 : costBetween(hourly, since, until ?? now));

export const costOfWorkload = (workload: Workload): WorkloadCost => {
  const { rate, startedAt, finishedAt, billed } = workload;
  const cost = { ...rate, currency: CURRENCY, since: startedAt, until: finishedAt };
  return finishedAt !== null && isEnded(workload) ? { ...cost, soFar: billed ?? costSoFar(cost, finishedAt) } : cost;
};

/** How long EMR is asked for what it bills. */
const PATIENCE_HOURS = 24;

/** Whether EMR is still to say what it bills: dollars on EMR Serverless, normalized hours on a cluster. */
export const awaitsBill = (workload: Workload, now: Instant): boolean => {
  const { engine, emrId, finishedAt, normalizedInstanceHours, billed } = workload;
  const told = engineStates(engine).isServerless ? billed : normalizedInstanceHours;
  return emrId !== null && told === null && finishedAt !== null && now <= plusHours(finishedAt, PATIENCE_HOURS);
};

/** The same where that decides what it has cost: on a cluster the rate and the time do. */
export const awaitsDollars = (workload: Workload, now: Instant): boolean =>
  engineStates(workload.engine).isServerless && awaitsBill(workload, now);
