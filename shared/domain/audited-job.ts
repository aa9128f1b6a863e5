import type { AuditAction, AuditDetail } from './audit.ts';
import type { Parameters } from './parameters.ts';
import type { SparkJob } from './spark-job.ts';

/** Values may be secret; names are not. */
export const parameterNames = (parameters: Parameters | null | undefined): readonly string[] =>
  Object.keys(parameters ?? {});

/** A job's settings as an audit entry tells them. */
export const auditedSettings = (job: SparkJob): AuditDetail => ({
  description: job.description,
  parameters: parameterNames(job.parameters),
  resultVisibility: job.resultVisibility,
  engine: job.engine,
  size: job.size,
  schedule: JSON.stringify(job.schedule),
  timeout: job.timeout,
  startDate: job.startDate,
  endDate: job.endDate,
  emrRelease: job.emrRelease,
  isEnabled: job.isEnabled,
});

const SETTINGS = [
  'description',
  'parameters',
  'resultVisibility',
  'engine',
  'size',
  'schedule',
  'timeout',
  'startDate',
  'endDate',
  'emrRelease',
  'isEnabled',
] as const satisfies readonly (keyof SparkJob)[];

interface AuditedEdit {
  readonly action: AuditAction;
  /** The changed fields by name, and their new values. */
  readonly detail: AuditDetail;
}

/** What an edit changes. Switching a job off or on is an action of its own where nothing else changes. */
export const auditedEdit = (before: SparkJob, after: SparkJob, hasNewNotebook: boolean): AuditedEdit => {
  const settings = SETTINGS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const told = auditedSettings(after);
  const values = Object.fromEntries(settings.map((name) => [name, told[name] ?? null]));
  const changed = [...settings, ...(hasNewNotebook ? ['notebook'] : [])];
  if (changed.join() === 'isEnabled')
    return { action: after.isEnabled ? 'spark-job.enable' : 'spark-job.disable', detail: {} };
  return { action: 'spark-job.edit', detail: { changed, ...values } };
};
