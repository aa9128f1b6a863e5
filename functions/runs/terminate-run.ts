import type { RunView } from '../../shared/contract/run.ts';
import { actOf, auditedRun } from '../../shared/domain/audit.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import { terminationRequested } from '../../shared/domain/workload.ts';
import { permittedSparkJob, type RunLookup } from '../access/permitted-run.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import type { RunLifecycle } from './run-lifecycle.ts';
import { latestRunOf } from './run-owner.ts';
import { runToView } from './run-view.ts';

interface TerminateRunDependencies extends RunLookup {
  readonly lifecycle: Pick<RunLifecycle, 'owning' | 'terminateSoon'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

const isOver = (run: Run): Conflict =>
  new Conflict(`Run ${run.number} has already ended (${run.outcome}).`, { runId: run.id });

/**
 * Records who requested the termination, then asks EMR for it. If the call to EMR fails, the sweep repeats it.
 * @throws NotFound, Forbidden; Conflict if the run has ended
 */
export const terminateRun =
  ({ history, lifecycle: { owning, terminateSoon }, audit, clock, ...lookup }: TerminateRunDependencies) =>
  async (
    { identifier, runId }: { readonly identifier: string; readonly runId: string },
    person: Caller,
  ): Promise<RunView> => {
    const { job: known } = await permittedSparkJob(lookup, identifier, person, 'manage');
    const latest = latestRunOf(known);
    if (latest?.run.id !== runId) throw isOver(await history.get(known.id, runId));
    if (isFinalRun(latest.run)) throw isOver(latest.run);
    const object = auditedRun(identifier, runId);
    const { owner } = known;
    await audit.record(actOf(person, { action: 'run.terminate', object, detail: { owner } }, clock.now()));
    const requested = await owning(latest).change((workload, { run }) => {
      if (isFinalRun(run)) throw isOver(run);
      return terminationRequested(workload, { by: person.username, reason: 'requested', at: clock.now() });
    });
    const { holder } = await terminateSoon(requested);
    return runToView(holder.run);
  };
