import { isActive } from '../../shared/domain/expiring.ts';
import { isFinalRun, plannedTokenOf } from '../../shared/domain/run.ts';
import type { Ledger } from './ledger.ts';
import { OWNERS } from './people.ts';
import type { QuietPorts } from './ports.ts';
import type { Tables } from './tables.ts';

interface World {
  readonly items: Tables['items'];
  readonly quiet: QuietPorts;
  readonly ledger: Ledger;
  /** Younger ones may be about to go. */
  readonly before: string;
}

/** Budgets and quotas hold nothing for what has ended. */
export const leftoverChecks = async ({ items, quiet, ledger, before }: World): Promise<void> => {
  const { clusters, sessions, jobs } = items;
  const isLive = (kind: string, id: string): boolean => {
    const holder = kind === 'cluster' ? clusters.get(id) : kind === 'session' ? sessions.get(id) : undefined;
    if (holder !== undefined) return isActive(holder) || (holder.workload.finishedAt ?? '') > before;
    return [...jobs.values()].some(
      ({ latestRun }) =>
        latestRun !== null &&
        plannedTokenOf(latestRun) === id &&
        (!isFinalRun(latestRun) || (latestRun.workload.finishedAt ?? '') > before),
    );
  };
  for (const { id: account, holds } of await quiet.accounts.ofPeople())
    for (const { kind, id, heldAt } of holds)
      if (heldAt < before && !isLive(kind, id))
        ledger.violated(`The budget ${account} holds dollars for the ended ${kind} ${id}`);
  for (const owner of OWNERS) {
    const { held } = await quiet.reservations.of(owner.id);
    for (const { kind, id, reservedAt } of held) {
      if (reservedAt >= before || kind === 'sshKey') continue;
      if (kind === 'sparkJob' ? !jobs.has(id) : !isLive(kind, id))
        ledger.violated(`A quota of ${owner.username} holds the ${kind} ${id}, which is no more`);
    }
  }
};
