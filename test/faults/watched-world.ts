import { auditChecks } from './audit-checks.ts';
import type { EmrWorkload } from './emr-workload.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Passed } from './functions.ts';
import { historyChecks } from './history-checks.ts';
import { openLedger } from './ledger.ts';
import { holdToQuota, limitsOf } from './limits.ts';
import { quietPorts } from './ports.ts';
import type { Random } from './random.ts';
import { sweepChecks } from './sweep-checks.ts';
import { tables, type Tables } from './tables.ts';
import { turnChecks } from './turn-checks.ts';

/** What is stored and what EMR has, and the checks that tell at once. */
export const watchedWorld = (random: Random, plan: FaultPlan) => {
  const ledger = openLedger();
  const limits = limitsOf(random);
  const { violated, written } = ledger;
  const turns = turnChecks({ items: () => stored.items, violated });
  const replaced = historyChecks({ history: () => stored.items.runs, violated });
  const stored: Tables = tables(plan, {
    ...written,
    cluster: (after, before) => {
      written.cluster(after, before);
      turns.written(after);
      holdToQuota(stored.items.clusters.values(), 'clusters', violated);
    },
    job: (after, before) => {
      written.job(after, before);
      replaced(after, before);
      turns.scheduled(after, before);
    },
    session: (after, before) => {
      written.session(after, before);
      turns.written(after);
      holdToQuota(stored.items.sessions.values(), 'sessions', violated);
    },
  });
  const quiet = quietPorts(limits.documents);
  const audit = auditChecks({ items: stored.items, entries: quiet.audit.entries, violated });
  const held = new Map<string, EmrWorkload>();
  const swept = sweepChecks({ tables: stored, held, violated });
  const passed: Passed = (...invocation) => {
    turns.passed(...invocation);
    swept(...invocation);
  };
  return { ledger, limits, stored, quiet, turns, audit, held, passed };
};
