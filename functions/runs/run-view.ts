import type { RunView } from '../../shared/contract/routes/runs.ts';
import { costSoFar } from '../../shared/domain/cluster.ts';
import { CURRENCY, roundedDollars } from '../../shared/domain/cost.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Run } from '../../shared/domain/run.ts';

/** A run as it is sent: without tokens and keys. */
export const runView = (run: Run, now: Instant): RunView => ({
  id: run.id,
  number: run.number,
  trigger: run.trigger,
  occurrence: run.occurrence,
  status: run.status,
  outcome: run.outcome,
  jobflowId: run.jobflowId,
  emrRelease: run.emrRelease,
  size: run.size,
  parameters: { ...run.parameters },
  notebookVersion: run.notebookVersion,
  scheduledAt: run.scheduledAt,
  startedAt: run.startedAt,
  readyAt: run.readyAt,
  finishedAt: run.finishedAt,
  reason: run.reason,
  cost: { hourly: run.hourlyCost, soFar: roundedDollars(costSoFar(run, now)), currency: CURRENCY },
  modifiedAt: run.modifiedAt,
});
