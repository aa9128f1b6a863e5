import type { ListedRunView, RunInShort, RunView } from '../../shared/contract/run.ts';
import { reasonOf, type Run } from '../../shared/domain/run.ts';
import { jobRunIdOf } from '../../shared/domain/serverless-ids.ts';
import { phaseOf, type Workload } from '../../shared/domain/workload.ts';
import { costOfWorkload } from '../../shared/domain/workload-cost.ts';

/** Its ids in EMR's own words. */
const idsInEmr = ({ engine, emrId }: Workload): Pick<ListedRunView, 'jobflowId' | 'jobRunId'> => ({
  jobflowId: engine === 'cluster' ? emrId : null,
  jobRunId: engine === 'serverless' && emrId !== null ? jobRunIdOf(emrId).jobRunId : null,
});

/** A run as lists have it: its parameters alone may be as large as all else. */
export const runToListed = ({ workload, ...run }: Run): ListedRunView => ({
  id: run.id,
  number: run.number,
  trigger: run.trigger,
  occurrence: run.occurrence,
  // No run is on an engine that a job cannot choose.
  engine: workload.engine as ListedRunView['engine'],
  phase: phaseOf(workload),
  status: run.outcome === 'missed' ? 'MISSED' : (workload.status as ListedRunView['status']),
  outcome: run.outcome,
  ...idsInEmr(workload),
  emrRelease: run.emrRelease,
  size: run.size,
  notebookVersion: run.notebookVersion,
  scheduledAt: run.scheduledAt,
  startedAt: workload.startedAt,
  readyAt: workload.readyAt,
  finishedAt: workload.finishedAt,
  reason: reasonOf({ ...run, workload }),
  cost: costOfWorkload(workload),
  modifiedAt: run.modifiedAt,
});

/** A run as it is sent: without tokens and keys. */
export const runToView = (run: Run): RunView => ({ ...runToListed(run), parameters: { ...run.parameters } });

/** The latest run of a job in a list. */
export const runInShort = (run: Run): RunInShort => ({
  id: run.id,
  number: run.number,
  outcome: run.outcome,
  phase: phaseOf(run.workload),
  finishedAt: run.workload.finishedAt,
  reasonCode: reasonOf(run)?.code ?? null,
});
