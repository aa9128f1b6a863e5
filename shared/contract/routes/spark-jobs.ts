import * as z from 'zod';

import { RUN_ENGINES } from '../../domain/engine.ts';
import { MAX_NOTEBOOK_BYTES } from '../../domain/spark-job.ts';
import { budgetEffect, machines, serverlessWorkers } from '../budget-views.ts';
import {
  identifier,
  instant,
  pageOf,
  pageQuery,
  personName,
  priceBasis,
  requestBody,
  searchedPageOf,
  text,
  wholeNumber,
} from '../fields.ts';
import { grantsBody, grantsView } from '../grants.ts';
import { route } from '../route.ts';
import { schedule, scheduleView } from '../schedule.ts';
import {
  createSparkJobBody,
  engine,
  listedSparkJobView,
  notebookCheckView,
  savedSparkJobView,
  size,
  sparkJobListQuery,
  sparkJobView,
  timeout,
  updateSparkJobBody,
} from '../spark-job.ts';

const common = { feature: 'jobs', access: 'signed-in' } as const;

export const notebookUploadBody = requestBody({
  fileName: text('the name of the notebook file', 200).regex(/\.(ipynb|json|zpln)$/i, {
    error: 'Upload a Jupyter notebook (.ipynb) or a Zeppelin note (.json or .zpln).',
  }),
  size: z
    .number({ error: 'Give the size of the file in bytes.' })
    .int({ error: 'Give the size of the file in bytes.' })
    .min(1, { error: 'The file is empty. Pick the saved notebook.' })
    .max(MAX_NOTEBOOK_BYTES, { error: 'A notebook may have at most 20 MB. Clear its outputs and try again.' }),
});

export const sparkJobRoutes = {
  createNotebookUpload: route({
    ...common,
    method: 'POST',
    path: '/api/notebook-uploads',
    summary: 'Presigned POST form for a notebook upload',
    body: notebookUploadBody,
    response: z.object({ uploadId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) }),
    status: 201,
  }),
  checkNotebookUpload: route({
    ...common,
    method: 'POST',
    path: '/api/notebook-uploads/{uploadId}/check',
    summary: 'Check of an uploaded notebook: its kind and parameters, or why it cannot run',
    response: notebookCheckView,
    status: 200,
  }),
  listSparkJobs: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs',
    summary: 'Spark jobs, newest first',
    query: sparkJobListQuery,
    response: searchedPageOf(listedSparkJobView),
    status: 200,
  }),
  listDeletedSparkJobs: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/deleted',
    summary: 'My deleted Spark jobs with kept results, last deleted first',
    query: pageQuery,
    response: pageOf(
      z.object({ identifier: z.string(), description: z.string(), runCount: z.number(), deletedAt: z.string() }),
    ),
    status: 200,
  }),
  getSparkJobDefaults: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/defaults',
    summary: 'Presets and limits of the job form',
    response: z.object({
      size: z.number(),
      maxSize: z.number(),
      timeout: z.number(),
      minTimeout: z.number(),
      maxTimeout: z.number(),
      schedule: scheduleView,
      resultVisibility: z.enum(['private', 'public']),
      startDate: z.string(),
      emrRelease: z.string().nullable(),
      engine: z.enum(RUN_ENGINES),
      /** Those of the stage, for the form to choose from. */
      engines: z.array(z.enum(RUN_ENGINES)),
      isEnabled: z.boolean(),
      maxNotebookBytes: z.number(),
    }),
    status: 200,
  }),
  checkSparkJobIdentifier: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/identifier-available',
    summary: 'Whether an identifier is free',
    query: z.strictObject({ identifier: z.string({ error: 'Give the identifier to check.' }) }),
    response: z.object({ available: z.boolean(), reason: z.string().nullable() }),
    status: 200,
  }),
  estimateSparkJob: route({
    ...common,
    method: 'POST',
    path: '/api/estimates/spark-job',
    summary: 'Cost of one run and of a month of runs: at most and, of a job that has run, usually',
    body: requestBody({ size, timeout, schedule, engine: engine.optional(), identifier: identifier.optional() }),
    response: z.object({
      hourly: z.number(),
      perRun: z.number(),
      runsPerMonth: z.number(),
      perMonth: z.number(),
      /** Of the job named, from its last runs at the prices of now; null without a run that tells. */
      usual: z.object({ perRun: z.number(), p95PerRun: z.number(), perMonth: z.number(), runs: z.number() }).nullable(),
      machines,
      workers: serverlessWorkers,
      /** Of one run, in the budgets of the job's owner. */
      budget: budgetEffect,
      ...priceBasis,
    }),
    status: 200,
  }),
  previewSchedule: route({
    ...common,
    method: 'POST',
    path: '/api/schedules/preview',
    summary: 'The next occurrences, and the effects of clock changes',
    body: requestBody({
      schedule,
      startDate: instant.nullish(),
      endDate: instant.nullish(),
      count: wholeNumber('the count', 1, 20).default(5),
    }),
    response: z.object({
      occurrences: z.array(z.object({ utc: z.string(), local: z.string() })),
      timeZone: z.string(),
      warnings: z.array(z.string()),
    }),
    status: 200,
  }),
  createSparkJob: route({
    ...common,
    method: 'POST',
    path: '/api/spark-jobs',
    summary: 'Create a Spark job',
    body: createSparkJobBody,
    response: savedSparkJobView,
    status: 201,
  }),
  getSparkJob: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/{identifier}',
    summary: 'One Spark job',
    response: sparkJobView,
    status: 200,
  }),
  updateSparkJob: route({
    ...common,
    method: 'PUT',
    path: '/api/spark-jobs/{identifier}',
    summary: 'Change a Spark job',
    body: updateSparkJobBody,
    response: savedSparkJobView,
    status: 200,
  }),
  deleteSparkJob: route({
    ...common,
    method: 'DELETE',
    path: '/api/spark-jobs/{identifier}',
    summary: 'Delete a Spark job; keep its results for the owner, or remove them',
    query: z.strictObject({
      results: z.enum(['keep', 'remove'], { error: 'Give results as keep or remove.' }).default('keep'),
    }),
    status: 204,
  }),
  getSparkJobGrants: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/{identifier}/grants',
    summary: 'With whom the Spark job is shared',
    response: grantsView,
    status: 200,
  }),
  putSparkJobGrants: route({
    ...common,
    method: 'PUT',
    path: '/api/spark-jobs/{identifier}/grants',
    summary: 'Share the Spark job with these people and groups, and with no others',
    body: grantsBody,
    response: grantsView,
    status: 200,
  }),
  transferSparkJob: route({
    ...common,
    access: 'admin',
    method: 'POST',
    path: '/api/admin/spark-jobs/{identifier}/transfer',
    summary: 'Make a Spark job another person’s, with its identifier, runs and results',
    body: requestBody({ owner: personName }),
    response: sparkJobView,
    status: 200,
  }),
  getNotebook: route({
    ...common,
    method: 'GET',
    path: '/api/spark-jobs/{identifier}/notebook',
    summary: 'The notebook as an attachment',
    status: 302,
  }),
};
