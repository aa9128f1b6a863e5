import * as z from 'zod';

import { RUN_ENGINES, statesOf } from '../domain/engine.ts';
import { NOT_EXECUTED } from '../domain/run-reasons.ts';
import { RUN_OUTCOMES, RUN_TRIGGERS } from '../domain/run.ts';
import { cost, reason } from './fields.ts';
import { parameterValue } from './parameters.ts';
import { phase } from './workload-states.ts';

export const runView = z.object({
  id: z.string(),
  number: z.number(),
  trigger: z.enum(RUN_TRIGGERS),
  occurrence: z.string(),
  engine: z.enum(RUN_ENGINES),
  phase,
  /** EMR's state; `MISSED` for an occurrence that EMR was never asked to run. */
  status: z.enum(['LAUNCHING', ...RUN_ENGINES.flatMap(statesOf), 'MISSED']),
  outcome: z.enum(RUN_OUTCOMES).nullable(),
  /** EMR's ids: a jobflow id on the cluster engine, a job run id on the serverless one. */
  jobflowId: z.string().nullable(),
  jobRunId: z.string().nullable(),
  emrRelease: z.string(),
  size: z.number(),
  parameters: z.record(z.string(), parameterValue),
  notebookVersion: z.string(),
  scheduledAt: z.string(),
  startedAt: z.string().nullable(),
  readyAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  reason,
  cost,
  modifiedAt: z.string(),
});

export type RunView = z.output<typeof runView>;

/** A run in a list: a page of 100 stays below 1 MB. */
export const listedRunView = runView.omit({ parameters: true });

export type ListedRunView = z.output<typeof listedRunView>;

/** The latest run of a job in a list. */
export const runInShort = runView
  .pick({ id: true, number: true, outcome: true, phase: true, finishedAt: true })
  .extend({ reasonCode: z.string().nullable() });

export type RunInShort = z.output<typeof runInShort>;

/** An ended run of a job in a list. */
export const recentRun = runView
  .pick({ id: true, number: true })
  .extend({ outcome: z.enum(RUN_OUTCOMES), reasonCode: z.literal(NOT_EXECUTED).exactOptional() });

export type RecentRunView = z.output<typeof recentRun>;
