import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { numberOf } from '../../lib/use-form.ts';
import { instantOf, momentInputOf, type MomentInput } from './moment-input.ts';
import { requestOf as parametersOf, rowsOf, type ParameterRow } from './parameter-rows.ts';
import { scheduleInputOf, scheduleOf, type ScheduleInput } from './schedule-input.ts';

/** The values of the job form's fields. */
export interface SparkJobInput {
  readonly identifier: string;
  readonly description: string;
  readonly notebookUploadId: string | null;
  /** Of the upload or, without one, of the job; null while there is neither. */
  readonly notebookKind: SparkJobView['notebook']['kind'] | null;
  /** The name of the uploaded file. */
  readonly notebookName: string;
  readonly parameters: readonly ParameterRow[];
  readonly resultVisibility: 'private' | 'public';
  readonly size: string;
  readonly timeout: string;
  readonly schedule: ScheduleInput;
  /** False: a new job starts now, an existing one keeps its start. */
  readonly hasStart: boolean;
  readonly start: MomentInput;
  readonly hasEnd: boolean;
  readonly end: MomentInput;
  readonly emrRelease: string;
  /** Null: the portal chooses one that can run the notebook. */
  readonly engine: SparkJobView['engine'] | null;
  readonly isEnabled: boolean;
}

const DAY_MS = 86_400_000;

/** The next whole hour, as an initial value. */
const soon = (now: number): MomentInput =>
  momentInputOf(new Date(Math.ceil(now / 3_600_000) * 3_600_000).toISOString());

export const newSparkJob = (defaults: RouteOutput<Routes['getSparkJobDefaults']>, now: number): SparkJobInput => ({
  // Not preset: people took the proposal and could not find their job again.
  identifier: '',
  description: '',
  notebookUploadId: null,
  notebookKind: null,
  notebookName: '',
  parameters: [],
  resultVisibility: defaults.resultVisibility,
  size: String(defaults.size),
  timeout: String(defaults.timeout),
  schedule: scheduleInputOf(defaults.schedule),
  hasStart: false,
  start: soon(now),
  hasEnd: false,
  end: soon(now + 30 * DAY_MS),
  emrRelease: defaults.emrRelease ?? '',
  engine: null,
  isEnabled: defaults.isEnabled,
});

export const presentSparkJob = (job: SparkJobView, now: number): SparkJobInput => ({
  identifier: job.identifier,
  description: job.description,
  notebookUploadId: null,
  notebookKind: job.notebook.kind,
  notebookName: '',
  parameters: rowsOf(job.parameters),
  resultVisibility: job.resultVisibility,
  size: String(job.size),
  timeout: String(job.timeout),
  schedule: scheduleInputOf(job.schedule),
  hasStart: false,
  start: soon(now),
  hasEnd: job.endDate !== null,
  end: job.endDate === null ? soon(now + 30 * DAY_MS) : momentInputOf(job.endDate),
  emrRelease: job.emrRelease,
  engine: job.engine,
  isEnabled: job.isEnabled,
});

/** The settings shared by the create and the update request. */
const settingsOf = (input: SparkJobInput) => ({
  description: input.description,
  parameters: parametersOf(input.parameters),
  resultVisibility: input.resultVisibility,
  size: numberOf(input.size) ?? null,
  schedule: scheduleOf(input.schedule),
  timeout: numberOf(input.timeout) ?? null,
  startDate: input.hasStart ? instantOf(input.start) : null,
  endDate: input.hasEnd ? instantOf(input.end) : null,
  emrRelease: input.emrRelease,
  engine: input.engine ?? undefined,
  isEnabled: input.isEnabled,
});

export const createRequestOf = (input: SparkJobInput) => ({
  ...settingsOf(input),
  identifier: input.identifier,
  notebookUploadId: input.notebookUploadId ?? '',
});

export const updateRequestOf = (input: SparkJobInput) => ({
  ...settingsOf(input),
  notebookUploadId: input.notebookUploadId,
});
