import { secondsBetween, type Instant } from './instant.ts';
import { isFinalRun, type Run } from './run.ts';
import { phaseOf } from './workload.ts';

/** The stages of a run, in order. `starting`: EMR makes the cluster or the driver. */
export const RUN_STAGES = ['waiting', 'starting', 'notebook', 'upload', 'ended'] as const;
export type RunStage = (typeof RUN_STAGES)[number];

/** `progress.json`, which the runner writes before each cell. */
export interface NotebookProgress {
  /** The number of the cell that runs; null before the first one, and for the cell of parameters. */
  readonly cell: number | null;
  /** Code cells of the notebook. */
  readonly cells: number | null;
  readonly startedAt: Instant | null;
  readonly uploadingSince: Instant | null;
}

export interface StageTime {
  readonly stage: RunStage;
  /** When it began; null if it has not, or nobody knows. */
  readonly since: Instant | null;
  /** Seconds, the median of the last successes; null with too few of them. */
  readonly usual: number | null;
}

/** Successes that tell what is usual, at most and at least. */
const MOST_TOLD = 10;
const LEAST_TOLD = 3;

const median = (values: readonly number[]): number | null => {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = ascending.length / 2;
  const [low, high] = [ascending[Math.ceil(middle) - 1], ascending[Math.floor(middle)]];
  return low === undefined || high === undefined || values.length < LEAST_TOLD ? null : (low + high) / 2;
};

type Bound = Instant | null;

const medianBetween = (runs: readonly Run[], from: (run: Run) => Bound, to: (run: Run) => Bound): number | null =>
  median(
    runs.flatMap((run) => {
      const [begin, end] = [from(run), to(run)];
      return begin === null || end === null ? [] : [Math.max(0, secondsBetween(begin, end))];
    }),
  );

const startOf = ({ workload }: Run): Bound => workload.startedAt;
const readyOf = ({ workload }: Run): Bound => workload.readyAt;
const endOf = ({ workload }: Run): Bound => workload.finishedAt;

/** As many of a job's successes as tell what is usual. */
const toldBy = (newestFirst: readonly Run[]): readonly Run[] =>
  newestFirst.filter(({ outcome }) => outcome === 'succeeded').slice(0, MOST_TOLD);

/**
 * Seconds from EMR's start to the end.
 * @param newestFirst earlier runs of the job
 */
export const usualSeconds = (newestFirst: readonly Run[]): number | null =>
  medianBetween(toldBy(newestFirst), startOf, endOf);

/** When each stage of a run began, and how long it usually takes. The usual time of the notebook includes the upload. */
export const stageTimes = (
  run: Run,
  progress: NotebookProgress | null,
  newestFirst: readonly Run[],
): readonly StageTime[] => {
  const told = toldBy(newestFirst);
  return [
    { stage: 'waiting', since: run.scheduledAt, usual: medianBetween(told, ({ scheduledAt }) => scheduledAt, startOf) },
    { stage: 'starting', since: startOf(run), usual: medianBetween(told, startOf, readyOf) },
    { stage: 'notebook', since: progress?.startedAt ?? null, usual: medianBetween(told, readyOf, endOf) },
    { stage: 'upload', since: progress?.uploadingSince ?? null, usual: null },
    { stage: 'ended', since: endOf(run), usual: null },
  ];
};

/** The stage that a run is in. */
export const stageOf = (run: Run, progress: NotebookProgress | null): RunStage => {
  if (isFinalRun(run)) return 'ended';
  const phase = phaseOf(run.workload);
  if (phase === 'ending' || phase === 'ended' || (progress?.uploadingSince ?? null) !== null) return 'upload';
  if ((progress?.startedAt ?? null) !== null) return 'notebook';
  return run.workload.startedAt === null ? 'waiting' : 'starting';
};
