import { LEAST_BILLED_SECONDS } from './cost.ts';
import { engineStates, type RunEngine } from './engine.ts';
import { secondsBetween } from './instant.ts';
import { isFinalRun, type Run } from './run.ts';

/** Runs that tell what the next one will take. */
const LOOKED_AT = 10;

/** The billed time of a job's last runs at their whole rate, in seconds. */
export interface UsualTime {
  readonly median: number;
  readonly p95: number;
  /** How many runs it is from, at least 1. */
  readonly runs: number;
}

/** A person who ended a run, or what was never started, says nothing about the next. */
const saysSomething = (run: Run): boolean => isFinalRun(run) && run.outcome !== 'cancelled' && run.outcome !== 'missed';

/** On EMR Serverless, whose workers come and go, the time for which the whole rate would have cost what AWS billed. */
const billedSeconds = ({ workload: { engine, startedAt, finishedAt, billed, rate } }: Run): number[] => {
  if (startedAt === null || finishedAt === null) return [];
  if (!engineStates(engine).isServerless)
    return [Math.max(secondsBetween(startedAt, finishedAt), LEAST_BILLED_SECONDS)];
  return billed === null || rate.hourly === 0 ? [] : [(billed / rate.hourly) * 3600];
};

/** By the nearest rank: one of the values. */
export const percentile = (ascending: readonly number[], share: number): number =>
  ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;

/**
 * @param newestFirst the history of a job
 * @param engine of the next run: those on the other one say nothing about it
 * @returns null without a run that says something
 */
export const usualTime = (newestFirst: readonly Run[], engine: RunEngine): UsualTime | null => {
  const alike = newestFirst.filter((run) => run.workload.engine === engine && saysSomething(run));
  const billed = alike.flatMap(billedSeconds).slice(0, LOOKED_AT);
  if (billed.length === 0) return null;
  const ascending = billed.toSorted((a, b) => a - b);
  return { median: percentile(ascending, 0.5), p95: percentile(ascending, 0.95), runs: billed.length };
};

/** Hours that a run is counted with until it has ended: as long as its job's last ones, else its time-out. */
export const expectedHours = (usual: UsualTime | null, timeoutHours: number): number =>
  usual === null ? timeoutHours : Math.min(usual.p95 / 3600, timeoutHours);
