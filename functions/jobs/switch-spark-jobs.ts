import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { disabled, type SparkJob } from '../../shared/domain/spark-job.ts';
import { eachOf } from '../access/bulk.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';

interface SwitchSparkJobsDependencies extends JobLookup {
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

type Answer = RouteOutput<Routes['enableSparkJobs']>;

/** Enables or disables Spark jobs; one that is so already stays, without an entry. A job that has expired cannot be enabled. */
export const switchSparkJobs =
  (isEnabled: boolean) =>
  ({ audit, clock, ...lookup }: SwitchSparkJobsDependencies) => {
    const one = async (identifier: string, caller: Caller): Promise<void> => {
      const { job } = await permittedSparkJob(lookup, identifier, caller, 'manage');
      if (job.isEnabled === isEnabled) return;
      if (isEnabled && job.expiredAt !== null)
        throw new Conflict('The job has expired. Move its end date to the future instead.');
      const action = isEnabled ? 'spark-job.enable' : 'spark-job.disable';
      const object = { kind: 'spark-job', id: identifier } as const;
      await audit.record(actOf(caller, { action, object, detail: { owner: job.owner } }, clock.now()));
      const switched = (current: SparkJob): SparkJob => {
        if (!isEnabled) return disabled(current, clock.now());
        return current.isEnabled ? current : { ...current, isEnabled, modifiedAt: clock.now() };
      };
      await lookup.jobs.change(identifier, (current) => (current.id === job.id ? switched(current) : current));
    };
    return async ({ ids }: RouteInput<Routes['enableSparkJobs']>, caller: Caller): Promise<Answer> => ({
      results: await eachOf(ids, (identifier) => one(identifier, caller), { caller, clock }),
    });
  };
