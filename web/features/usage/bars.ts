import { moneyText } from '../../lib/amounts.ts';
import { countsText, hoursText, type Counts } from './usage-words.ts';

/** What bars can be as long as. */
export const MEASURES = [
  { id: 'cost', text: 'Cost' },
  { id: 'hours', text: 'Instance hours' },
  { id: 'started', text: 'Started' },
] as const;

export type Measure = (typeof MEASURES)[number]['id'];

export interface Used extends Counts {
  readonly instanceHours: number;
  readonly cost: number;
}

/** A part of a bar; `whole` where the API does not tell kinds apart. */
export interface BarPart {
  readonly look: 'whole' | 'clusters' | 'sessions' | 'runs';
  readonly amount: number;
}

const KINDS = ['clusters', 'sessions', 'runs'] as const;

const amountOf = (measure: Measure, used: Used): number => {
  if (measure === 'started') return used.clusters + used.sessions + used.runs;
  return measure === 'cost' ? used.cost : used.instanceHours;
};

const partsOf = (measure: Measure, used: Used): readonly BarPart[] =>
  (measure === 'started'
    ? KINDS.map((look) => ({ look, amount: used[look] }))
    : [{ look: 'whole' as const, amount: amountOf(measure, used) }]
  ).filter(({ amount }) => amount > 0);

/** An amount on the scale: `$20.00`, `40 h`, `12`. */
export const scaleText = (measure: Measure, amount: number, currency: string): string => {
  if (measure === 'cost') return moneyText(amount, currency);
  return measure === 'hours' ? `${hoursText(amount)} h` : String(amount);
};

const wordsOf = (measure: Measure, used: Used, currency: string): string =>
  measure === 'started' ? countsText(used) : scaleText(measure, amountOf(measure, used), currency);

const STEPS = [1, 2, 3, 4, 5, 6, 8, 10];

/** The round amounts beside a plot, from nothing to one that no bar exceeds. Workloads are counted whole. */
export const scaleOf = (measure: Measure, most: number): readonly number[] => {
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const step = STEPS.find((one) => one * magnitude >= most) ?? 10;
  const top = Number((step * magnitude).toPrecision(1));
  return measure === 'started' && top % 2 === 1 ? [0, top] : [0, top / 2, top];
};

export interface Bar {
  readonly key: string;
  readonly name: string;
  readonly amount: number;
  readonly parts: readonly BarPart[];
  /** Empty where there was nothing. */
  readonly words: string;
}

export interface UsedLine extends Used {
  readonly key: string;
  readonly name: string;
}

const barOf =
  (measure: Measure, currency: string) =>
  (line: UsedLine): Bar => {
    const amount = amountOf(measure, line);
    return {
      key: line.key,
      name: line.name,
      amount,
      parts: partsOf(measure, line),
      words: amount === 0 ? '' : wordsOf(measure, line, currency),
    };
  };

const DAY = 86_400_000;

const NONE: Used = { clusters: 0, sessions: 0, runs: 0, instanceHours: 0, cost: 0 };

/** A bar for each day of a time, also for those without any use, which the API leaves out. */
export const dayBars = (
  measure: Measure,
  currency: string,
  [first, last]: readonly [string, string],
  lines: readonly UsedLine[],
): readonly Bar[] => {
  const byDay = new Map(lines.map((line) => [line.key, line]));
  const from = Date.parse(first);
  return Array.from({ length: (Date.parse(last) - from) / DAY + 1 }, (_, index) => {
    const day = new Date(from + index * DAY).toISOString().slice(0, 10);
    return barOf(measure, currency)(byDay.get(day) ?? { ...NONE, key: day, name: day });
  });
};

/** As many as are read at a glance; the table below has all. */
const MOST_NAMES = 12;

/** The bars of those who used most, and how many more used anything. */
export const nameBars = (
  measure: Measure,
  currency: string,
  lines: readonly UsedLine[],
): { readonly bars: readonly Bar[]; readonly more: number } => {
  const bars = lines
    .map(barOf(measure, currency))
    .filter(({ amount }) => amount > 0)
    .toSorted((a, b) => b.amount - a.amount);
  return { bars: bars.slice(0, MOST_NAMES), more: Math.max(0, bars.length - MOST_NAMES) };
};
