import type { AuditEntry } from '../../shared/domain/audit.ts';
import { auditedRun } from '../../shared/domain/audit.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import type { EmrWorkload } from './emr-workload.ts';
import type { Tables } from './tables.ts';

interface AuditChecksDependencies {
  readonly items: Tables['items'];
  readonly entries: readonly AuditEntry[];
  readonly violated: (what: string) => void;
}

interface Holder {
  readonly workload: Workload;
  /** The objects of entries about it. */
  readonly names: readonly string[];
}

/** EMR begins and ends nothing of which the audit trail does not tell, and ends nothing that nobody ended. */
export const auditChecks = ({ items, entries, violated }: AuditChecksDependencies) => {
  /** Objects of entries that could not be written: an end is not put off for that, and the log has them. */
  const logged = new Set<string>();

  const isTold = (action: RegExp, names: readonly string[]): boolean =>
    entries.some((entry) => action.test(entry.action) && names.includes(entry.object.id)) ||
    names.some((name) => logged.has(name));

  const holders = (): readonly Holder[] => [
    ...[...items.clusters.values(), ...items.sessions.values()].map(({ id, workload }) => ({ workload, names: [id] })),
    ...[...items.jobs.values()].flatMap(({ identifier, latestRun }) =>
      latestRun === null
        ? []
        : { workload: latestRun.workload, names: [identifier, auditedRun(identifier, latestRun.id).id] },
    ),
  ];

  return {
    logged,
    began: (kind: 'cluster' | 'session', id: string): void => {
      if (!isTold(/\.launch$/, [id])) violated(`EMR begins the ${kind} ${id} without an entry in the audit trail`);
    },
    ending: ({ emrId, runToken, name }: EmrWorkload): void => {
      const holder = holders().find(({ workload }) => workload.emrId === emrId || workload.runToken === runToken);
      if (holder !== undefined && holder.workload.termination === null && !isEnded(holder.workload))
        violated(`EMR is to end ${name}, which nobody ended`);
      const run = [...items.runs.values()].find(({ workload }) => workload.emrId === emrId);
      const names = [emrId, ...(holder?.names ?? []), ...(run === undefined ? [] : [run.jobIdentifier])];
      if (!isTold(/\.(terminate|expire|time-out|delete)$/, names))
        violated(`EMR is to end ${name} without an entry in the audit trail`);
    },
  };
};

export type AuditChecks = ReturnType<typeof auditChecks>;
