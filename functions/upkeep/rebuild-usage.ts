import { plusHours } from '../../shared/domain/instant.ts';
import { daysOfMonth } from '../../shared/domain/month.ts';
import {
  isNothing,
  meteredCluster,
  meteredRun,
  meteredSession,
  usageByDay,
  usageKeyFor,
  usageKeyOf,
  type Metered,
  type Usage,
  type UsageEntry,
  type UsageKey,
} from '../../shared/domain/usage.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface RebuildUsageDependencies {
  readonly clusters: Pick<ClusterRepository, 'createdBetween'>;
  readonly sessions: Pick<SessionRepository, 'createdBetween'>;
  readonly history: Pick<RunRepository, 'startedBetween'>;
  readonly usage: UsageRepository;
  readonly clock: Clock;
}

/** Longer than anything is billed: what ran in a month may have begun before it. */
const LONGEST_HOURS = 31 * 24;

type Entries = Record<string, UsageEntry>;

/** What was added of workloads while these were read stays; everything else is what the workloads say. */
const rebuilt = (usage: Usage, before: Entries, computed: Entries): Usage => {
  const kept = Object.entries(usage.entries).filter(([id, entry]) => {
    const fresh = computed[id];
    return fresh === undefined ? before[id] === undefined : entry.version > fresh.version;
  });
  return { ...usage, entries: { ...computed, ...Object.fromEntries(kept) } };
};

/**
 * Adds up a month again from the items of clusters, sessions and runs, and removes what no workload stands for. Harmless to repeat, also
 * while the portal is used.
 * @param month as `2026-11`
 * @returns the number of items of usage
 */
export const rebuildUsage =
  ({ clusters, sessions, history, usage, clock }: RebuildUsageDependencies) =>
  async (month: string): Promise<number> => {
    const [firstDay, lastDay] = daysOfMonth(month);
    const before = new Map((await usage.ofEverybody(firstDay, lastDay)).map((known) => [usageKeyOf(known), known]));
    const since = plusHours(`${firstDay}T00:00:00.000Z`, -LONGEST_HOURS);
    const until = `${lastDay}T23:59:59.999Z`;
    const end = plusHours(`${lastDay}T00:00:00.000Z`, 24);
    const now = clock.now() < end ? clock.now() : end;
    const metered: Metered[] = [
      ...(await clusters.createdBetween(since, until)).map(meteredCluster),
      ...(await sessions.createdBetween(since, until)).map(meteredSession),
      ...(await history.startedBetween(since, until)).map(meteredRun),
    ];

    const computed = new Map<string, { usage: UsageKey & Pick<Usage, 'owner'>; entries: Entries }>();
    for (const workload of metered) {
      const { id, owner } = workload;
      for (const [day, entry] of usageByDay(workload, now)) {
        if (day < firstDay || day > lastDay || isNothing(entry)) continue;
        const of = { ...usageKeyFor(workload, day), owner };
        const known = computed.get(usageKeyOf(of)) ?? { usage: of, entries: {} };
        known.entries[id] = entry;
        computed.set(usageKeyOf(of), known);
      }
    }

    for (const key of new Set([...before.keys(), ...computed.keys()])) {
      const known = before.get(key);
      const fresh = computed.get(key);
      const of = fresh?.usage ?? known;
      if (of === undefined) continue;
      await usage.change(of, of.owner, (current) => rebuilt(current, known?.entries ?? {}, fresh?.entries ?? {}));
    }
    return computed.size;
  };
