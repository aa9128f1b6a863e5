import * as z from 'zod';

import { RUN_ENGINES } from '../domain/engine.ts';
import { RESERVED_JOB_IDENTIFIERS, RESERVED_RULE } from '../domain/identifier.ts';
import { LOWEST } from '../domain/limits.ts';
import { DEFAULT_SIZE } from '../domain/settings.ts';
import { DEFAULT_INTERVAL_HOURS } from '../domain/spark-job.ts';
import {
  identifier,
  instant,
  objectPermissions,
  opaqueId,
  pageQuery,
  releaseVersion,
  requestBody,
  searchQuery,
  text,
  wholeNumberFrom,
} from './fields.ts';
import { parameters, parameterValue } from './parameters.ts';
import { recentRun, runInShort, runView } from './run.ts';
import { schedule, scheduleView } from './schedule.ts';

export const size = wholeNumberFrom('the number of workers', LOWEST.size);
export const timeout = wholeNumberFrom('the timeout in hours', LOWEST.timeout);

export const engine = z.enum(RUN_ENGINES, { error: `Give the engine as ${RUN_ENGINES.join(' or ')}.` });

const settings = {
  description: text('a description', 2000),
  parameters: parameters.default({}),
  resultVisibility: z.enum(['private', 'public'], { error: 'Choose private or public results.' }).default('private'),
  size: size.default(DEFAULT_SIZE),
  schedule: schedule.default({ type: 'interval', hours: DEFAULT_INTERVAL_HOURS }),
  /** Absent: what the settings preset on creation, unchanged on update. */
  timeout: timeout.optional(),
  /** Absent or null: now on creation, unchanged on update. */
  startDate: instant.nullish(),
  endDate: instant.nullish(),
  /** Absent: the default release on creation, unchanged on update. */
  emrRelease: releaseVersion.optional(),
  /** Absent: the default engine that can run the notebook on creation, unchanged on update. */
  engine: engine.optional(),
  isEnabled: z.boolean({ error: 'Give isEnabled as true or false.' }).default(true),
};

export const createSparkJobBody = requestBody({
  identifier: identifier.refine((word) => !RESERVED_JOB_IDENTIFIERS.includes(word), { error: RESERVED_RULE }),
  notebookUploadId: opaqueId('a notebook upload'),
  ...settings,
});
export const updateSparkJobBody = requestBody({
  notebookUploadId: opaqueId('a notebook upload').nullish(),
  ...settings,
});

export const sparkJobView = z.object({
  identifier: z.string(),
  /** The person's id; `owner` is a display name. */
  ownerId: z.string(),
  owner: z.string(),
  description: z.string(),
  notebook: z.object({
    name: z.string(),
    kind: z.enum(['jupyter', 'zeppelin']),
    version: z.string(),
    size: z.number(),
  }),
  parameters: z.record(z.string(), parameterValue),
  resultVisibility: z.enum(['private', 'public']),
  size: z.number(),
  schedule: scheduleView,
  scheduleInWords: z.string(),
  timeout: z.number(),
  startDate: z.string(),
  endDate: z.string().nullable(),
  emrRelease: z.string(),
  engine: z.enum(RUN_ENGINES),
  isEnabled: z.boolean(),
  expiredAt: z.string().nullable(),
  isRunnable: z.boolean(),
  nextRuns: z.array(z.string()),
  /** The last ten that have ended, newest first. */
  recentRuns: z.array(recentRun),
  latestRun: runView.nullable(),
  /** The newest scheduled time, where it was missed and no run was planned since. */
  latestMissed: runView.pick({ id: true, number: true, occurrence: true }).nullable(),
  permissions: objectPermissions,
  createdAt: z.string(),
  modifiedAt: z.string(),
});

export type SparkJobView = z.output<typeof sparkJobView>;

/** A job in a list: a page of 100 stays below 1 MB. */
export const listedSparkJobView = sparkJobView.omit({ parameters: true }).extend({ latestRun: runInShort.nullable() });

export type ListedSparkJobView = z.output<typeof listedSparkJobView>;

/** A job just saved, with the warnings of the notebook check. */
export const savedSparkJobView = sparkJobView.extend({ warnings: z.array(z.string()) });

export type SavedSparkJobView = z.output<typeof savedSparkJobView>;

export const notebookCheckView = z.object({
  kind: z.enum(['jupyter', 'zeppelin']),
  language: z.string().nullable(),
  cells: z.number(),
  parameters: z.array(z.object({ name: z.string(), default: parameterValue, type: z.string().nullable() })),
  warnings: z.array(z.string()),
});

export type NotebookCheckView = z.output<typeof notebookCheckView>;

export const SPARK_JOB_SORT_FIELDS = [
  'identifier',
  'description',
  'owner',
  'size',
  'emrRelease',
  'createdAt',
  'modifiedAt',
  'latestRun',
] as const;
export type SparkJobSortField = (typeof SPARK_JOB_SORT_FIELDS)[number];

/** `failed`: the latest run failed, timed out or was missed, or an occurrence after it was; not while a run is active. */
export const SPARK_JOB_STATUSES = ['all', 'enabled', 'disabled', 'expired', 'running', 'failed'] as const;
export type SparkJobStatus = (typeof SPARK_JOB_STATUSES)[number];

export const sparkJobListQuery = pageQuery.extend({
  owner: z.enum(['mine', 'shared', 'all'], { error: 'Give owner as mine, shared or all.' }).default('mine'),
  ...searchQuery(SPARK_JOB_SORT_FIELDS),
  status: z
    .enum(SPARK_JOB_STATUSES, { error: `Give status as one of ${SPARK_JOB_STATUSES.join(', ')}.` })
    .default('all'),
});
