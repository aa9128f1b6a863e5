import { isAbout } from '../../shared/domain/observed-workload.ts';
import { isEnded } from '../../shared/domain/workload.ts';
import { hasTimedOut } from '../../shared/domain/run.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { hasEnded, sightOf, type EmrWorkload } from './emr-workload.ts';
import { workloadsOf } from './final-checks.ts';
import type { FunctionName } from './functions.ts';
import type { Tables } from './tables.ts';

const MINUTE = 60_000;

/** The grace of the sweep, by which EMR's lists and the indexes are up to date. */
const GRACE_MINUTES = 15 + 4;

interface SweepChecksDependencies {
  readonly tables: Pick<Tables, 'items'>;
  readonly held: ReadonlyMap<string, EmrWorkload>;
  readonly violated: (what: string) => void;
}

/** The sweep of a quarter of an hour, where it goes well, leaves nothing in EMR that nobody knows, and no run past its timeout. */
export const sweepChecks = ({ tables, held, violated }: SweepChecksDependencies) => {
  /** Since when, by EMR id. */
  const unknown = new Map<string, number>();

  const look = (): void => {
    const known = workloadsOf(tables).filter(([, workload]) => !isEnded(workload));
    for (const workload of held.values()) {
      const isOver = workload.isEnding || hasEnded(workload);
      const seen = isOver ? null : sightOf(workload, Date.now(), false);
      const isKnown = seen === null || known.some(([, ours]) => isAbout(seen, ours));
      if (isKnown) unknown.delete(workload.emrId);
      else if (!unknown.has(workload.emrId)) unknown.set(workload.emrId, Date.now());
    }
  };

  return (name: FunctionName, event: unknown, since: number): void => {
    if (name !== 'upkeep') return;
    const { task } = event as { readonly task?: string };
    if (task !== 'findOrphans' && task !== 'syncWithEmr') return;
    look();
    if (task !== 'findOrphans') return;
    const before = since - GRACE_MINUTES * MINUTE;
    for (const [emrId, at] of unknown)
      if (at < before && (held.get(emrId)?.stages[0]?.at ?? since) < before)
        violated(`EMR still runs ${held.get(emrId)?.name} (${emrId}), of which nobody knows`);
    for (const { identifier, latestRun } of tables.items.jobs.values())
      if (latestRun !== null && latestRun.workload.termination === null && hasTimedOut(latestRun, toInstant(before)))
        violated(`The run ${latestRun.id} of ${identifier} goes on after its timeout`);
  };
};
