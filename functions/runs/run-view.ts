import type { RunView } from '../../shared/contract/routes/runs.ts';
import { CURRENCY, roundedDollars } from '../../shared/domain/cost.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { reasonOf, type Run } from '../../shared/domain/run.ts';
import { costSoFar, phaseOf } from '../../shared/domain/workload.ts';

/** A run as it is sent: without tokens and keys. */
export const runToView = ({ workload, ...run }: Run, now: Instant): RunView => ({
  id: run.id,
  number: run.number,
  trigger: run.trigger,
  occurrence: run.occurrence,
  engine: workload.engine,
  phase: phaseOf(workload),
  status: run.outcome === 'missed' ? 'MISSED' : workload.status,
  outcome: run.outcome,
  jobflowId: workload.emrId,
  emrRelease: run.emrRelease,
  size: run.size,
  parameters: { ...run.parameters },
  notebookVersion: run.notebookVersion,
  scheduledAt: run.scheduledAt,
  startedAt: workload.startedAt,
  readyAt: workload.readyAt,
  finishedAt: workload.finishedAt,
  reason: reasonOf({ ...run, workload }),
  cost: { hourly: workload.hourlyCost, soFar: roundedDollars(costSoFar(workload, now)), currency: CURRENCY },
  modifiedAt: run.modifiedAt,
});
