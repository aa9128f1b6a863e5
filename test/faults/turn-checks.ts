import type { Expiring } from '../../shared/domain/expiring.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import type { FunctionName } from './functions.ts';
import type { Tables } from './tables.ts';

const MINUTE = 60_000;

/** The kill switch is read with a cache. */
const SWITCHED_MINUTES = 5;

interface TurnChecksDependencies {
  readonly items: () => Tables['items'];
  readonly violated: (what: string) => void;
}

/**
 * The next minute's upkeep that goes well launches each cluster and session whose turn has come, and writes each schedule that
 * is pending.
 */
export const turnChecks = ({ items, violated }: TurnChecksDependencies) => {
  /** When it was written that they wait: the index that the upkeep reads is a minute behind that at most. */
  const waiting = new Map<string, number>();
  const pending = new Map<string, number>();
  let isPaused = false;
  let switchedAt = Number.NEGATIVE_INFINITY;
  return {
    switched: (): void => {
      isPaused = !isPaused;
      switchedAt = Date.now();
    },
    written: (after: Expiring | undefined): void => {
      if (after === undefined) return;
      if (!isUnlaunched(after.workload)) waiting.delete(after.id);
      else if (!waiting.has(after.id)) waiting.set(after.id, Date.now());
    },
    scheduled: (after: SparkJob | undefined, before: SparkJob | undefined): void => {
      const [job, since] = [after ?? before, after?.schedulePendingSince ?? null];
      if (job === undefined) return;
      if (since === null) pending.delete(job.id);
      else if (since !== before?.schedulePendingSince) pending.set(job.id, Date.now());
    },
    passed: (name: FunctionName, event: unknown, since: number): void => {
      if (name !== 'upkeep') return;
      const { task } = event as { readonly task?: string };
      if (task === 'expireJobs')
        for (const { id, identifier, schedulePendingSince } of items().jobs.values())
          if ((pending.get(id) ?? Number.POSITIVE_INFINITY) + MINUTE < since)
            violated(`The schedule of ${identifier} is pending since ${schedulePendingSince}`);
      if (task !== 'terminateExpiredClusters') return;
      if (isPaused || switchedAt > since - SWITCHED_MINUTES * MINUTE) return;
      for (const [id, waits] of waiting) {
        const holder = items().clusters.get(id) ?? items().sessions.get(id);
        const { launchDueAt, claimedAt } = holder?.workload ?? {};
        const known = Math.max(waits, Date.parse(launchDueAt ?? claimedAt ?? '')) + MINUTE;
        if (holder !== undefined && known < since) violated(`${id} still waits after its turn`);
      }
    },
  };
};
