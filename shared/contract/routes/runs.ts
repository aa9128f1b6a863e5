import * as z from 'zod';

import { RUN_ENGINES } from '../../domain/engine.ts';
import { RUN_STAGES } from '../../domain/run-stages.ts';
import { RUN_OUTCOMES } from '../../domain/run.ts';
import { pageOf, pageQuery, reason, requestBody, searchedPageOf, searchQuery } from '../fields.ts';
import { parameters, parameterValue } from '../parameters.ts';
import { route } from '../route.ts';
import { RUN_CREDENTIALS_PATH } from '../run-credentials.ts';
import { listedRunView, runView } from '../run.ts';
import { sparkUiLink } from '../spark-ui.ts';

/** A file of a run, with a link that works for a limited time (or for ever, for public results). */
export const runFile = z.object({
  key: z.string(),
  name: z.string(),
  s3Uri: z.string(),
  size: z.number(),
  lastModified: z.string(),
  /** Changes with the content, also within a second. */
  etag: z.string(),
  url: z.string(),
});
export type RunFile = z.output<typeof runFile>;

const givenParameters = z.record(z.string(), parameterValue);

const runRemedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('size'), value: z.number() }),
  z.object({ kind: z.literal('timeout'), value: z.number() }),
  z.object({ kind: z.literal('notebook'), value: z.null() }),
  z.object({ kind: z.literal('parameters'), value: givenParameters.nullable() }),
  z.object({ kind: z.literal('emrRelease'), value: z.string() }),
  z.object({ kind: z.literal('engine'), value: z.enum(RUN_ENGINES) }),
]);
export type RunRemedy = z.output<typeof runRemedy>;

const cellSources = z.array(z.object({ cell: z.number(), source: z.string() })).readonly();

const runChange = z.discriminatedUnion('what', [
  z.object({ what: z.literal('notebook'), before: cellSources, after: cellSources }),
  z.object({ what: z.literal('parameters'), before: givenParameters, after: givenParameters }),
  z.object({ what: z.enum(['emrRelease', 'engine']), before: z.string(), after: z.string() }),
  z.object({ what: z.literal('size'), before: z.number(), after: z.number() }),
]);

const seconds = z.number().nullable();

/** Times are when something began, so that nothing changes by the clock alone. */
export const runProgress = z.object({
  stage: z.enum(RUN_STAGES),
  /** The number of the cell that runs. */
  cell: z.number().nullable(),
  cells: z.number().nullable(),
  /** When the stage began. */
  since: z.string().nullable(),
  /** Seconds from start to end: the median of the last ten successes before this run, from three on. */
  usual: seconds,
  stages: z.array(z.object({ stage: z.enum(RUN_STAGES), since: z.string().nullable(), usual: seconds })).readonly(),
});

export type RunProgress = z.output<typeof runProgress>;

const stage = { stage: z.number(), name: z.string(), tasks: z.number() };

const sparkFacts = z.object({
  stages: z.number(),
  tasks: z.number(),
  failedTasks: z.number(),
  failedTaskReason: z.string().nullable(),
  slowestStage: z.object({ ...stage, seconds: z.number(), isFinished: z.boolean() }).nullable(),
  spill: z.object({ ...stage, memoryBytes: z.number(), diskBytes: z.number() }).nullable(),
  skew: z.object({ ...stage, medianSeconds: z.number(), longestSeconds: z.number() }).nullable(),
  lostExecutors: z.object({ count: z.number(), reasons: z.array(z.string()).readonly() }),
  isComplete: z.boolean(),
});

export const runFailure = z.object({
  cell: z.number().nullable(),
  source: z.string().nullable(),
  errorName: z.string().nullable(),
  errorValue: z.string().nullable(),
  traceback: z.string().nullable(),
  logTail: z.string().nullable(),
  reason,
  advice: z.string(),
  /** Most promising first. `value`: what to set it to; null where the person has to know. */
  remedies: z.array(runRemedy),
  /** What differs from the last success. Of the notebook the code cells that differ; none where it cannot be compared. */
  changes: z.array(runChange),
  /** From Spark's event log; null where Spark ran nothing, or the runner could not read it. */
  spark: sparkFacts.nullable(),
});

export type RunFailure = z.output<typeof runFailure>;

/** For the step of one run; its notebook runs with them. */
export const runCredentials = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiration: z.string(),
});

export const runSparkJobBody = requestBody({ parameters: parameters.nullish() });

/** What became of one scheduled time. */
export const occurrenceView = z.object({
  occurrence: z.string(),
  outcome: z.enum(RUN_OUTCOMES).nullable(),
  reason,
  /** Null while it has neither a run nor a recorded reason. */
  runId: z.string().nullable(),
  number: z.number().nullable(),
  startedAt: z.string().nullable(),
  durationSeconds: z.number().nullable(),
});

export type OccurrenceView = z.output<typeof occurrenceView>;

const RUN_SORT_FIELDS = [
  'number',
  'trigger',
  'outcome',
  'status',
  'size',
  'scheduledAt',
  'startedAt',
  'finishedAt',
] as const;
export type RunSortField = (typeof RUN_SORT_FIELDS)[number];

export const runListQuery = pageQuery.extend(searchQuery(RUN_SORT_FIELDS));

const CALLER_PROOF = 'Give the query of a presigned request.';

const RUNS = '/api/spark-jobs/{identifier}/runs';
const common = { feature: 'runs', access: 'signed-in' } as const;

export const runRoutes = {
  runSparkJob: route({
    ...common,
    method: 'POST',
    path: '/api/spark-jobs/{identifier}/run',
    summary: 'Run now, optionally with other parameters for this one run',
    body: runSparkJobBody.default({}),
    response: runView,
    status: 202,
  }),
  listRuns: route({
    ...common,
    method: 'GET',
    path: RUNS,
    summary: 'Runs, newest first',
    query: runListQuery,
    response: searchedPageOf(listedRunView),
    status: 200,
  }),
  listOccurrences: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/{identifier}/occurrences',
    summary: 'What became of each scheduled time, newest first, and the next five',
    query: pageQuery.omit({ cursor: true }),
    response: z.object({
      items: z.array(occurrenceView),
      /** Those that nothing stands for yet; the first may be past for a moment. */
      upcoming: z.array(z.string()),
      modifiedAt: z.string(),
    }),
    status: 200,
  }),
  getRun: route({
    ...common,
    method: 'GET',
    path: `${RUNS}/{runId}`,
    summary: 'One run',
    response: runView,
    status: 200,
  }),
  terminateRun: route({
    ...common,
    method: 'POST',
    path: `${RUNS}/{runId}/terminate`,
    summary: 'Terminate a run',
    response: runView,
    status: 202,
  }),
  openRunSparkUi: route({
    ...common,
    method: 'POST',
    path: `${RUNS}/{runId}/spark-ui`,
    summary: 'An address that opens the Spark UI, made now',
    response: sparkUiLink,
    isSecret: true,
    status: 200,
  }),
  listResults: route({
    ...common,
    method: 'GET',
    path: `${RUNS}/{runId}/results`,
    summary: 'Files that the run wrote: notebook, outcome and log first, then by name',
    query: pageQuery,
    response: pageOf(runFile),
    status: 200,
  }),
  listLogs: route({
    ...common,
    method: 'GET',
    path: `${RUNS}/{runId}/logs`,
    summary: 'Logs of the run, by name',
    query: pageQuery,
    response: pageOf(runFile),
    status: 200,
  }),
  getProgress: route({
    ...common,
    method: 'GET',
    path: `${RUNS}/{runId}/progress`,
    summary: 'How far a run is, and how long it usually takes',
    response: runProgress,
    status: 200,
  }),
  getFailure: route({
    ...common,
    method: 'GET',
    path: `${RUNS}/{runId}/failure`,
    summary: 'Why the run failed and what to do',
    response: runFailure,
    status: 200,
  }),
  issueRunCredentials: route({
    feature: 'runs',
    access: 'anyone',
    method: 'POST',
    path: RUN_CREDENTIALS_PATH,
    summary:
      'For a run on a cluster: credentials of one hour for its own files, by the secret that it was launched with',
    body: requestBody({
      runSecret: z.string({ error: 'Give the run’s secret.' }),
      /** The query of a presigned `sts:GetCallerIdentity`, signed by an instance of the run’s cluster. */
      callerProof: z.string({ error: CALLER_PROOF }).max(8192, { error: CALLER_PROOF }).optional(),
    }),
    response: runCredentials,
    isSecret: true,
    status: 200,
  }),
};
