import { roundedDollars } from './cost.ts';
import type { Usage } from './usage.ts';

/** Usage added up. */
export interface UsageSum {
  /** Clusters, sessions and runs whose billed time began. */
  readonly clusters: number;
  readonly sessions: number;
  readonly runs: number;
  /** Billed, of workloads. */
  readonly hours: number;
  /** Billed, of all their nodes. */
  readonly instanceHours: number;
  /** As EMR counts them. */
  readonly normalizedInstanceHours: number;
  /** US dollars. */
  readonly cost: number;
}

const NOTHING = { started: 0, seconds: 0, nodeSeconds: 0, normalizedHours: 0, microDollars: 0 };

const hoursOf = (seconds: number): number => Math.round((seconds / 3600) * 1e4) / 1e4;

/** What one person used of one kind on one day, in whole numbers: sums of sums do not depend on their order. */
export interface DayUsage extends Pick<Usage, 'ownerId' | 'owner' | 'kind' | 'day'> {
  readonly started: number;
  readonly seconds: number;
  readonly nodeSeconds: number;
  readonly normalizedHours: number;
  readonly microDollars: number;
}

/** The parts of each day, and in them the workloads, added up. */
export const addedUp = (usages: readonly Usage[]): readonly DayUsage[] => {
  const days = new Map<string, DayUsage>();
  for (const { ownerId, owner, kind, day, entries } of usages) {
    const key = `${day}#${kind}#${ownerId}`;
    const known = days.get(key);
    let { started, seconds, nodeSeconds, normalizedHours, microDollars } = known ?? NOTHING;
    for (const entry of Object.values(entries)) {
      started += entry.started;
      seconds += entry.seconds;
      nodeSeconds += entry.nodeSeconds;
      normalizedHours += entry.normalizedHours;
      microDollars += Math.round(entry.dollars * 1e6);
    }
    days.set(key, { ownerId, owner, kind, day, started, seconds, nodeSeconds, normalizedHours, microDollars });
  }
  return [...days.values()];
};

export const sumOfDays = (usages: readonly DayUsage[]): UsageSum => {
  const begun = { cluster: 0, session: 0, run: 0 };
  let { seconds, nodeSeconds, normalizedHours, microDollars } = NOTHING;
  for (const usage of usages) {
    begun[usage.kind] += usage.started;
    seconds += usage.seconds;
    nodeSeconds += usage.nodeSeconds;
    normalizedHours += usage.normalizedHours;
    microDollars += usage.microDollars;
  }
  return {
    clusters: begun.cluster,
    sessions: begun.session,
    runs: begun.run,
    hours: hoursOf(seconds),
    instanceHours: hoursOf(nodeSeconds),
    normalizedInstanceHours: normalizedHours,
    cost: roundedDollars(microDollars / 1e6),
  };
};

export const sumOf = (usages: readonly Usage[]): UsageSum => sumOfDays(addedUp(usages));

export interface UsageRow {
  readonly key: string;
  readonly sum: UsageSum;
}

/**
 * One row for each key. A usage with several keys, such as a person's groups, counts in each of their rows.
 * @param order of the rows
 */
export const rowsBy = (
  usages: readonly DayUsage[],
  keysOf: (usage: DayUsage) => readonly string[],
  order: (a: UsageRow, b: UsageRow) => number,
): readonly UsageRow[] => {
  const byKey = new Map<string, DayUsage[]>();
  for (const usage of usages) {
    for (const key of keysOf(usage)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [usage]);
      else known.push(usage);
    }
  }
  return [...byKey].map(([key, of]) => ({ key, sum: sumOfDays(of) })).toSorted(order);
};

export const byKey = (a: UsageRow, b: UsageRow): number => (a.key < b.key ? -1 : 1);
export const byCost = (a: UsageRow, b: UsageRow): number => b.sum.cost - a.sum.cost || byKey(a, b);
