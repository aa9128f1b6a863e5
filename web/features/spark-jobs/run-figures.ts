import type { ListedRunView } from '../../../shared/contract/run.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { monthOf } from '../../../shared/domain/month.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { percentile } from '../../../shared/domain/usual-cost.ts';
import { costSoFar } from '../../../shared/domain/workload-cost.ts';

type Counted = Pick<ListedRunView, 'outcome' | 'reason' | 'startedAt' | 'finishedAt' | 'cost'>;

export interface RunFigures {
  readonly succeeded: number;
  /** Runs that succeeded, failed or timed out: a person's cancelling, and what never ran, says nothing of the notebook. */
  readonly told: number;
  /** Seconds of the runs that succeeded, half and nineteen in twenty of them at most; null without one. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly month: { readonly cost: number; readonly runs: number };
}

const tellsOfNotebook = ({ outcome, reason }: Counted): boolean =>
  reason?.code !== NOT_EXECUTED && (outcome === 'succeeded' || outcome === 'failed' || outcome === 'timedOut');

const secondsOf = ({ startedAt, finishedAt }: Counted): number[] =>
  startedAt === null || finishedAt === null ? [] : [(Date.parse(finishedAt) - Date.parse(startedAt)) / 1000];

/** What a job's runs come to. @param now milliseconds since the epoch */
export const runFigures = (runs: readonly Counted[], now: number): RunFigures => {
  const told = runs.filter(tellsOfNotebook);
  const good = told.filter(({ outcome }) => outcome === 'succeeded');
  const seconds = good.flatMap(secondsOf).toSorted((a, b) => a - b);
  const month = monthOf(toInstant(now));
  const ofMonth = runs.filter(({ startedAt }) => startedAt !== null && monthOf(startedAt) === month);
  return {
    succeeded: good.length,
    told: told.length,
    p50: seconds.length === 0 ? null : percentile(seconds, 0.5),
    p95: seconds.length === 0 ? null : percentile(seconds, 0.95),
    month: {
      cost: ofMonth.reduce((sum, { cost }) => sum + costSoFar(cost, toInstant(now)), 0),
      runs: ofMonth.length,
    },
  };
};
