import type { OccurrenceView } from '../../../shared/contract/routes/runs.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { percentile } from '../../../shared/domain/usual-cost.ts';
import { elapsedText, exactDurationText, utcText } from '../../lib/instant-text.ts';

/** How a bar looks; `hole`: nothing ran. */
export type BarLook = 'succeeded' | 'failed' | 'timedOut' | 'cancelled' | 'notExecuted' | 'running' | 'hole';

/** One occurrence as a bar. */
export interface Bar {
  readonly occurrence: string;
  readonly runId: string | null;
  readonly look: BarLook;
  /** Part of the whole height, from 0 to 1. */
  readonly height: number;
  /** All that the bar says. */
  readonly words: string;
}

export interface BarChart {
  readonly bars: readonly Bar[];
  /** Seconds: the median of the last ten successes; null for fewer than three. */
  readonly usual: number | null;
  /** Seconds that the whole height stands for. */
  readonly top: number;
}

const LOOKED_AT = 10;
const ENOUGH = 3;
const LOWEST = 0.06;

const LOOK_WORDS: Readonly<Record<BarLook, string>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  timedOut: 'Timed out',
  cancelled: 'Cancelled',
  notExecuted: 'Not executed',
  running: 'Running',
  hole: 'Missed',
};

const lookOf = ({ outcome, reason, runId }: OccurrenceView): BarLook => {
  if (outcome === 'missed' || runId === null) return 'hole';
  if (reason?.code === NOT_EXECUTED) return 'notExecuted';
  return outcome ?? 'running';
};

export const outcomeWords = (one: OccurrenceView): string =>
  one.runId === null ? 'No run yet' : LOOK_WORDS[lookOf(one)];

const secondsOf = ({ durationSeconds, startedAt }: OccurrenceView, now: number): number | null =>
  durationSeconds ?? (startedAt === null ? null : Math.max(0, (now - Date.parse(startedAt)) / 1000));

/** Its length so far; null where it had none. */
export const occurrenceDuration = (one: OccurrenceView, now: number): string | null => {
  if (one.durationSeconds !== null) return exactDurationText(one.durationSeconds);
  return one.startedAt === null || one.outcome !== null ? null : `${elapsedText(one.startedAt, now)} so far`;
};

/** Why it did not succeed, or did not run. */
export const occurrenceReason = ({ outcome, reason }: OccurrenceView): string | null =>
  reason === null || outcome === 'succeeded' ? null : reason.message;

const wordsOf = (one: OccurrenceView, now: number): string => {
  const duration = occurrenceDuration(one, now);
  const number = one.number === null ? '' : `run ${one.number}, `;
  const reason = occurrenceReason(one);
  return [
    `${utcText(one.occurrence)}: ${number}${outcomeWords(one).toLowerCase()}`,
    duration === null ? '' : `, ${duration}`,
    reason === null ? '' : `. ${reason}`,
  ].join('');
};

const usualOf = (newestFirst: readonly OccurrenceView[]): number | null => {
  const seconds = newestFirst
    .flatMap(({ outcome, durationSeconds }) =>
      outcome === 'succeeded' && durationSeconds !== null ? [durationSeconds] : [],
    )
    .slice(0, LOOKED_AT);
  return seconds.length < ENOUGH
    ? null
    : percentile(
        seconds.toSorted((a, b) => a - b),
        0.5,
      );
};

/**
 * The strip of a job's occurrences, oldest first. The longest run, or the usual one where that is longer, sets the scale;
 * so a time-out of a day leaves runs of a minute apart.
 */
export const barChart = (newestFirst: readonly OccurrenceView[], now: number): BarChart => {
  const usual = usualOf(newestFirst);
  const lengths = newestFirst.flatMap((one) => secondsOf(one, now) ?? []);
  const top = Math.max(1, ...lengths, (usual ?? 0) * 1.5);
  const bars = newestFirst.toReversed().map((one): Bar => {
    const look = lookOf(one);
    const seconds = secondsOf(one, now) ?? 0;
    return {
      occurrence: one.occurrence,
      runId: one.runId,
      look,
      height: look === 'hole' ? 1 : Math.max(LOWEST, seconds / top),
      words: wordsOf(one, now),
    };
  });
  return { bars, usual, top };
};
