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

const hoursOf = (seconds: number): number => Math.round((seconds / 3600) * 1e4) / 1e4;

/** Added up in whole seconds and millionths of a dollar before anything is rounded, so that the order does not matter. */
export const sumOf = (usages: readonly Usage[]): UsageSum => {
  const started = { cluster: 0, session: 0, run: 0 };
  let [seconds, nodeSeconds, normalizedHours, microDollars] = [0, 0, 0, 0];
  for (const { kind, entries } of usages) {
    for (const entry of Object.values(entries)) {
      started[kind] += entry.started;
      seconds += entry.seconds;
      nodeSeconds += entry.nodeSeconds;
      normalizedHours += entry.normalizedHours;
      microDollars += Math.round(entry.dollars * 1e6);
    }
  }
  return {
    clusters: started.cluster,
    sessions: started.session,
    runs: started.run,
    hours: hoursOf(seconds),
    instanceHours: hoursOf(nodeSeconds),
    normalizedInstanceHours: normalizedHours,
    cost: roundedDollars(microDollars / 1e6),
  };
};

export interface UsageRow {
  readonly key: string;
  readonly sum: UsageSum;
}

/**
 * One row for each key. A usage with several keys, such as a person's groups, counts in each of their rows.
 * @param order of the rows
 */
export const rowsBy = (
  usages: readonly Usage[],
  keysOf: (usage: Usage) => readonly string[],
  order: (a: UsageRow, b: UsageRow) => number,
): readonly UsageRow[] => {
  const byKey = new Map<string, Usage[]>();
  for (const usage of usages) {
    for (const key of keysOf(usage)) byKey.set(key, [...(byKey.get(key) ?? []), usage]);
  }
  return [...byKey].map(([key, of]) => ({ key, sum: sumOf(of) })).toSorted(order);
};

export const byKey = (a: UsageRow, b: UsageRow): number => (a.key < b.key ? -1 : 1);
export const byCost = (a: UsageRow, b: UsageRow): number => b.sum.cost - a.sum.cost || byKey(a, b);
