import { actOf, auditedRun } from '../../shared/domain/audit.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { NOT_EXECUTED } from '../../shared/domain/run-reasons.ts';
import { reasonOf } from '../../shared/domain/run.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { SparkUiLink } from '../ports/spark-uis.ts';
import { linkToSparkUi, type SparkUiLinks } from '../workloads/link-to-spark-ui.ts';

interface OpenRunSparkUiDependencies extends RunReading, SparkUiLinks {
  readonly audit: Pick<AuditTrail, 'record'>;
}

/** For everybody who may see the run. @throws NotFound; Conflict with the reason where there is none, or none yet */
export const openRunSparkUi =
  ({ audit, ...deps }: OpenRunSparkUiDependencies) =>
  async (
    { identifier, runId }: { readonly identifier: string; readonly runId: string },
    person: Caller,
  ): Promise<SparkUiLink> => {
    const run = await visibleRun(deps, { identifier, runId }, person);
    const reason = reasonOf(run);
    if (reason?.code === NOT_EXECUTED) throw new Conflict(`There is no Spark UI. ${reason.message}`, { runId });
    const { owner } = run;
    const act = { action: 'run.open-spark-ui', object: auditedRun(identifier, runId), detail: { owner } } as const;
    return linkToSparkUi(deps, run.workload, () => audit.record(actOf(person, act, deps.clock.now())));
  };
