import type { RunView } from '../../shared/contract/routes/runs.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import { terminationRequested } from '../../shared/domain/workload.ts';
import { permittedSparkJob, type RunLookup } from '../access/permitted-run.ts';
import type { Clock } from '../runtime/clock.ts';
import type { RunLifecycle } from './run-lifecycle.ts';
import { latestRunOf } from './run-owner.ts';
import { runToView } from './run-view.ts';

interface TerminateRunDependencies extends RunLookup {
  readonly lifecycle: Pick<RunLifecycle, 'owning' | 'terminateSoon'>;
  readonly clock: Clock;
}

const isOver = (run: Run): Conflict =>
  new Conflict(`Run ${run.number} has already ended (${run.outcome}).`, { runId: run.id });

/**
 * Records who requested the termination, then asks EMR for it. If the call to EMR fails, the sweep repeats it.
 * @throws NotFound, Forbidden; Conflict if the run has ended
 */
export const terminateRun =
  ({ history, lifecycle: { owning, terminateSoon }, clock, ...lookup }: TerminateRunDependencies) =>
  async (
    { identifier, runId }: { readonly identifier: string; readonly runId: string },
    person: Person,
  ): Promise<RunView> => {
    const { job: known } = await permittedSparkJob(lookup, identifier, person, 'manage');
    const latest = latestRunOf(known);
    if (latest?.run.id !== runId) throw isOver(await history.get(known.id, runId));
    const requested = await owning(latest).change((workload, { run }) => {
      if (isFinalRun(run)) throw isOver(run);
      return terminationRequested(workload, { by: person.username, reason: 'requested', at: clock.now() });
    });
    const { holder } = await terminateSoon(requested);
    return runToView(holder.run);
  };
