import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { SavedSparkJobView } from '../../shared/contract/spark-job.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { auditedEdit } from '../../shared/domain/audited-job.ts';
import { requireWithinLimits } from '../../shared/domain/limits.ts';
import { occurrenceMinutesOf } from '../../shared/domain/quota.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { revisedJob } from '../../shared/domain/spark-job-plan.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import { chosenEngine } from './chosen-engine.ts';
import { offeredRelease, presentRelease, requireReleaseFor } from './offered-release.ts';
import type { PutSchedule } from './put-schedule.ts';
import { sparkJobToView } from './spark-job-view.ts';
import { validatedUpload } from './validated-upload.ts';
import type { WithdrawResults } from './withdraw-results.ts';

interface UpdateSparkJobDependencies extends JobLookup {
  readonly results: Pick<WithdrawResults, 'note' | 'now'>;
  readonly notebooks: NotebookStore;
  readonly releases: EmrReleases;
  readonly settings: ReadSettings;
  readonly quotaRules: ReadQuotaRules;
  readonly hasServerless: boolean;
  readonly putSchedule: PutSchedule;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/**
 * Changes everything but the identifier. An active run keeps its settings.
 * @throws NotFound, Forbidden; InvalidInput naming invalid fields
 */
export const updateSparkJob =
  ({
    results,
    notebooks,
    releases,
    settings,
    quotaRules,
    hasServerless,
    putSchedule,
    audit,
    clock,
    ...lookup
  }: UpdateSparkJobDependencies) =>
  async (
    { identifier, notebookUploadId, ...wanted }: RouteInput<Routes['updateSparkJob']>,
    person: Caller,
  ): Promise<SavedSparkJobView> => {
    const { job: known, grants } = await permittedSparkJob(lookup, identifier, person, 'manage');
    const { emrRelease = known.emrRelease, timeout = known.timeout, engine = known.engine } = wanted;
    const request = { ...wanted, emrRelease, timeout, engine };
    requireWithinLimits(request, (await settings()).limits, known);
    const occurrenceMinutes = occurrenceMinutesOf(known.ownerId, await quotaRules());
    const planned = revisedJob(known, request, known.notebook, clock.now(), occurrenceMinutes);
    // The job may keep a release that is no longer offered.
    const release = await (emrRelease === known.emrRelease ? presentRelease : offeredRelease)(releases, emrRelease);
    const upload =
      notebookUploadId === undefined || notebookUploadId === null
        ? null
        : await validatedUpload(notebooks, person.id, notebookUploadId);
    const kind = upload?.notebook.kind ?? known.notebook.kind;
    requireReleaseFor(kind, emrRelease);
    chosenEngine({ wanted: engine, kind, release }, { hasServerless, defaultEngine: engine });
    const object = { kind: 'spark-job', id: identifier } as const;
    await audit.record(actOf(person, { object, ...auditedEdit(known, planned, upload !== null) }, clock.now()));
    const notebook = upload === null ? null : await notebooks.store(known.id, upload.file, upload.notebook.kind);
    const isWithdrawn = known.resultVisibility === 'public' && request.resultVisibility === 'private';
    if (isWithdrawn) await results.note(known, 'public');
    const revised = await lookup.jobs.change(identifier, (job) =>
      revisedJob(job, request, notebook ?? job.notebook, clock.now(), occurrenceMinutes),
    );
    if (isWithdrawn) await results.now(identifier);
    const scheduled = revised.schedulePendingSince === null ? revised : await putSchedule(revised);
    return { ...sparkJobToView(scheduled, person, grants), warnings: [...(upload?.notebook.warnings ?? [])] };
  };
