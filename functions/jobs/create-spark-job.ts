import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { SavedSparkJobView } from '../../shared/contract/spark-job.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { auditedSettings } from '../../shared/domain/audited-job.ts';
import { AwsFailed, AwsThrottled, Conflict } from '../../shared/domain/errors.ts';
import { requireWithinLimits } from '../../shared/domain/limits.ts';
import { occurrenceMinutesOf } from '../../shared/domain/quota.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { Notebook, SparkJob } from '../../shared/domain/spark-job.ts';
import { firstRunIsDue, plannedJob, resumed } from '../../shared/domain/spark-job-plan.ts';
import { removeGrantsOn } from '../access/remove-grants.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import { firstRunExecutionName } from '../ports/execution-name.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { logger } from '../runtime/logger.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import { chosenEngine } from './chosen-engine.ts';
import { offeredRelease, requireReleaseFor } from './offered-release.ts';
import type { PutSchedule } from './put-schedule.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { sparkJobToView } from './spark-job-view.ts';
import { validatedUpload } from './validated-upload.ts';
import type { WithdrawResults } from './withdraw-results.ts';

interface CreateSparkJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly grants: Pick<GrantRepository, 'on' | 'remove'>;
  readonly quotas: Pick<QuotaReservations, 'require' | 'reserve' | 'release'>;
  readonly audit: AuditTrail;
  readonly identifiers: JobIdentifiers;
  readonly results: Pick<WithdrawResults, 'finish'>;
  readonly notebooks: NotebookStore;
  readonly releases: EmrReleases;
  readonly settings: ReadSettings;
  readonly quotaRules: ReadQuotaRules;
  readonly hasServerless: boolean;
  readonly putSchedule: PutSchedule;
  readonly executions: WorkflowExecutions;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Placeholder until the file is stored, after all checks. */
const NOT_STORED: Notebook = { name: '', kind: 'jupyter', key: '', version: '', size: 0 };

/**
 * Creates a job. The item is written before the schedule and the first run. After a crash the upkeep finds in it what
 * is missing, so that the person need not try again.
 * @throws InvalidInput naming invalid fields; Conflict if the identifier is taken or belongs to another person; QuotaExceeded
 */
export const createSparkJob = (deps: CreateSparkJobDependencies) => {
  const {
    jobs,
    grants,
    quotas,
    audit,
    identifiers,
    results,
    notebooks,
    releases,
    settings,
    quotaRules,
    hasServerless,
    putSchedule,
    executions,
    clock,
    newId,
  } = deps;

  const startFirstRun = async ({ id: jobId, identifier, startDate }: SparkJob): Promise<void> => {
    try {
      await executions.start(firstRunExecutionName(jobId, startDate), {
        jobId,
        identifier,
        trigger: 'firstRun',
        occurrence: startDate,
        parameters: null,
      });
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.error('A first run could not be started; the upkeep will start it', { job: identifier, error });
    }
  };

  return async (
    { identifier, notebookUploadId, ...wanted }: RouteInput<Routes['createSparkJob']>,
    person: Caller,
  ): Promise<SavedSparkJobView> => {
    const now = clock.now();
    const { limits, defaultEngine } = await settings();
    const sized = { ...wanted, timeout: wanted.timeout ?? limits.defaultTimeout };
    requireWithinLimits(sized, limits, null);
    const release = await offeredRelease(releases, wanted.emrRelease);
    const emrRelease = release.version;
    const request = { ...sized, emrRelease, engine: wanted.engine ?? defaultEngine };
    const occurrenceMinutes = occurrenceMinutesOf(person.id, await quotaRules());
    const made = { id: newId(), identifier, person, notebook: NOT_STORED, now, occurrenceMinutes };
    const planned = plannedJob(request, made);
    const { file, notebook } = await validatedUpload(notebooks, person.id, notebookUploadId);
    requireReleaseFor(notebook.kind, emrRelease);
    const engine = chosenEngine(
      { wanted: wanted.engine, kind: notebook.kind, release },
      { hasServerless, defaultEngine },
    );
    if (await jobs.isIdentifierTaken(identifier))
      throw new Conflict(`Another Spark job is called ${identifier}. Choose a different identifier.`, { identifier });
    const reserved = { kind: 'sparkJob', id: identifier } as const;
    await quotas.require(person, reserved);
    const object = { kind: 'spark-job', id: identifier } as const;
    const detail = auditedSettings({ ...planned, engine });
    await audit.record(actOf(person, { action: 'spark-job.create', object, detail }, now));
    await quotas.reserve(person, reserved);
    const claimed = await identifiers.claim(identifier, person.id).catch(async (error: unknown) => {
      // Somebody else's: no job of this person can have it.
      if (error instanceof Conflict) await quotas.release(person.id, reserved);
      throw error;
    });
    await results.finish(claimed);
    const { deleted } = claimed;
    const continued = deleted === null ? planned : resumed(planned, deleted);
    // The job continues under its old id; a deletion that failed halfway may have left grants on it.
    if (deleted !== null) await removeGrantsOn(grants, 'sparkJob', continued.id);
    const job = { ...continued, engine, notebook: await notebooks.store(continued.id, file, notebook.kind) };
    await jobs.create(job).catch(async (error: unknown) => {
      if (error instanceof Conflict && deleted === null) await notebooks.deleteAll(job.id);
      throw error;
    });
    if (deleted !== null) await identifiers.change(identifier, (known) => ({ ...known, deleted: null }));
    const scheduled = await putSchedule(job);
    if (firstRunIsDue(job, now)) await startFirstRun(job);
    return { ...sparkJobToView(scheduled, person, []), warnings: [...notebook.warnings] };
  };
};
