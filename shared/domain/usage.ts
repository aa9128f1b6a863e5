import { nodesOf } from './cluster-nodes.ts';
import { payerOf, type Cluster } from './cluster.ts';
import { costBetween, LEAST_BILLED_SECONDS, roundedDollars } from './cost.ts';
import { plusHours, secondsBetween, type Instant } from './instant.ts';
import type { Session } from './session.ts';
import type { Run } from './run.ts';
import { isEnded, type Workload } from './workload.ts';
import { costOfWorkload } from './workload-cost.ts';

export const USAGE_KINDS = ['cluster', 'session', 'run'] as const;
export type UsageKind = (typeof USAGE_KINDS)[number];

/** A day in UTC, `2026-11-23`. */
export type Day = string;

/** What one workload adds to one day. */
export interface UsageEntry {
  /** 1 on the day on which its billed time begins. */
  readonly started: 0 | 1;
  /** Billed. */
  readonly seconds: number;
  /** Billed, of all nodes. */
  readonly nodeSeconds: number;
  /** US dollars, to a millionth. */
  readonly dollars: number;
  /** As EMR counts them, all on the day on which the workload ended. */
  readonly normalizedHours: number;
  /** Of the item that it was computed from: an entry from an older state never replaces one from a newer. */
  readonly version: number;
}

/**
 * The usage of one person, kind, day and part, by workload: adding the same workload again changes nothing. A day is the sum of its
 * parts: one item could not hold all runs that EMR may take from one person in a day.
 */
export interface Usage {
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly kind: UsageKind;
  readonly day: Day;
  /** The last character of its workloads' ids, which are random: at most 32 parts for runs, 64 for clusters. */
  readonly part: string;
  readonly entries: Readonly<Record<string, UsageEntry>>;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export type UsageKey = Pick<Usage, 'ownerId' | 'kind' | 'day' | 'part'>;

/** The key as one text. */
export const usageKeyOf = ({ ownerId, kind, day, part }: UsageKey): string => `${day}#${kind}#${part}#${ownerId}`;

export const noUsage = ({ ownerId, kind, day, part }: UsageKey, owner: string): Usage => ({
  ownerId,
  owner,
  kind,
  day,
  part,
  entries: {},
  version: 1,
});

/** A workload with what its usage is counted by. */
export interface Metered {
  readonly kind: UsageKind;
  /** Random, unique among the workloads of a person and day, and short: an item holds thousands. */
  readonly id: string;
  readonly ownerId: string;
  readonly owner: string;
  readonly nodes: number;
  readonly workload: Workload;
  /** Of the workload's item. */
  readonly version: number;
}

export const meteredCluster = (cluster: Cluster): Metered => {
  const { id, size, workload, version } = cluster;
  const { ownerId, owner } = payerOf(cluster);
  return { kind: 'cluster', id, ownerId, owner, nodes: nodesOf(size), workload, version };
};

/** Its nodes are the driver and the most executors. */
export const meteredSession = ({ id, ownerId, owner, size, workload, version }: Session): Metered => ({
  kind: 'session',
  id,
  ownerId,
  owner,
  nodes: 1 + size,
  workload,
  version,
});

export const meteredRun = ({ id, ownerId, owner, size, workload, version }: Run): Metered => ({
  kind: 'run',
  // The token that the run was planned with.
  id: id.slice(id.lastIndexOf('-') + 1),
  ownerId,
  owner,
  nodes: nodesOf(size),
  workload,
  version,
});

/** Where a workload is counted on a day: always the same item. */
export const usageKeyFor = ({ ownerId, kind, id }: Pick<Metered, 'ownerId' | 'kind' | 'id'>, day: Day): UsageKey => ({
  ownerId,
  kind,
  day,
  part: id.slice(-1),
});

/** Whether there is anything to add up: EMR has taken the workload, so that AWS bills it. */
export const isBilled = ({ startedAt }: Pick<Workload, 'startedAt'>): boolean => startedAt !== null;

export const dayOf = (instant: Instant): Day => instant.slice(0, 10);
export const midnightAfter = (day: Day): Instant => plusHours(`${day}T00:00:00.000Z`, 24);

/** Every day that the time touches; one that ends at midnight does not touch the next. */
const daysBetween = (from: Instant, to: Instant): Day[] => {
  const days = [dayOf(from)];
  for (let next = midnightAfter(dayOf(from)); next < to; next = midnightAfter(dayOf(next))) days.push(dayOf(next));
  return days;
};

/** What was billed of it up to a moment. AWS bills a minute at least, which is on the day of the start. */
const billedUntil = ({ startedAt, rate }: Workload, moment: Instant) => {
  if (startedAt === null || moment <= startedAt) return { seconds: 0, dollars: 0 };
  return {
    seconds: Math.max(secondsBetween(startedAt, moment), LEAST_BILLED_SECONDS),
    dollars: costBetween(rate.hourly, startedAt, moment),
  };
};

const atMost = <Billed extends { readonly seconds: number; readonly dollars: number }>(a: Billed, b: Billed) => ({
  seconds: Math.min(a.seconds, b.seconds),
  dollars: Math.min(a.dollars, b.dollars),
});

/**
 * What a workload adds to each day up to a moment: a pure function of its item, and of the moment while it runs. Days are the
 * differences of what was billed up to their midnights, so they add up to the cost of the whole, to the millionth of a dollar.
 * A workload whose end became known on a later day adds nothing to the days after its end, which replaces what was added while
 * it seemed to run.
 */
export const usageByDay = ({ nodes, workload, version }: Metered, now: Instant): ReadonlyMap<Day, UsageEntry> => {
  const { startedAt, finishedAt, normalizedInstanceHours } = workload;
  if (startedAt === null) return new Map();
  const hasEnded = isEnded(workload);
  const until = hasEnded && finishedAt !== null ? finishedAt : now;
  const billed = billedUntil(workload, until);
  const total = { ...billed, dollars: costOfWorkload(workload).soFar ?? billed.dollars };
  const lastDay = dayOf(until < startedAt ? startedAt : until);

  let before = { seconds: 0, dollars: 0 };
  return new Map(
    daysBetween(startedAt, until < now ? now : until).map((day) => {
      const midnight = midnightAfter(day);
      const upTo = midnight < until ? atMost(billedUntil(workload, midnight), total) : total;
      const seconds = upTo.seconds - before.seconds;
      const dollars = roundedDollars(upTo.dollars - before.dollars);
      before = upTo;
      const normalizedHours = hasEnded && day === lastDay ? (normalizedInstanceHours ?? 0) : 0;
      const started = day === dayOf(startedAt) ? 1 : 0;
      return [day, { started, seconds, nodeSeconds: seconds * nodes, dollars, normalizedHours, version }] as const;
    }),
  );
};

/** Whether an entry tells more than the known one: it is from a newer state or, from the same, of a later moment. */
const isNewer = (entry: UsageEntry, known: UsageEntry): boolean =>
  entry.version === known.version ? entry.seconds > known.seconds : entry.version > known.version;

/** Of a day after the end of a workload, which takes back what was added while it seemed to run. */
export const isNothing = ({ started, seconds, normalizedHours }: UsageEntry): boolean =>
  started === 0 && seconds === 0 && normalizedHours === 0;

/** The usage with what a workload adds to it; the same object where that is known already. */
export const withEntry = (usage: Usage, id: string, entry: UsageEntry): Usage => {
  const known = usage.entries[id];
  return (known === undefined ? isNothing(entry) : !isNewer(entry, known))
    ? usage
    : { ...usage, entries: { ...usage.entries, [id]: entry } };
};
