import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { rateOf } from '../../shared/domain/cost.ts';
import type { Run } from '../../shared/domain/run.ts';
import { claimedForRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import { plannedJob, type SparkJobRequest } from '../../shared/domain/spark-job-plan.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { ALICE, at } from './cluster.ts';
import { LAUNCHED_WITH } from './settings.ts';
import { withChanges, type Changes } from './workload.ts';

/** Of a master and three workers. */
export const RATE = rateOf({ ec2: 0.768, emr: 0.192 });
export const TERMS = { rate: RATE, launchSettings: LAUNCHED_WITH };

export const NOTEBOOK = {
  name: 'daily report.ipynb',
  kind: 'jupyter',
  key: 'jobs/job-1/0123456789ab/daily_report.ipynb',
  version: '0123456789ab',
  size: 1234,
} as const;

export const JOB_REQUEST: SparkJobRequest = {
  description: 'Counts what happened yesterday',
  parameters: { country: 'DE' },
  resultVisibility: 'private',
  size: 3,
  schedule: { type: 'interval', hours: 24 },
  timeout: 2,
  emrRelease: '7.10.0',
  engine: 'cluster',
  isEnabled: true,
};

/** Alice's daily job, created at 06:00 to begin at once; its schedule is written. */
export const sparkJob = (changes: Partial<SparkJob> = {}): SparkJob => ({
  ...plannedJob(JOB_REQUEST, {
    id: 'job-1',
    identifier: 'daily-report',
    person: ALICE,
    notebook: NOTEBOOK,
    now: at('06:00:00'),
  }),
  schedulePendingSince: null,
  ...changes,
});

/** A run of the job that an execution has just claimed at 06:00, and asked EMR for. */
export const claimedJob = (changes: Partial<SparkJob> = {}, runChanges: Changes<Run> = {}): SparkJob => {
  const request = {
    trigger: 'firstRun',
    occurrence: at('06:00:00'),
    runToken: '0123456789',
    claimedBy: 'execution-1',
    parameters: null,
  } as const;
  const job = { ...claimedForRun(sparkJob(), request, TERMS, at('06:00:00')), ...changes };
  return job.latestRun === null ? job : { ...job, latestRun: withChanges(job.latestRun, runChanges) };
};

/** The same, taken by EMR and running its notebook. */
export const runningJob = (changes: Partial<SparkJob> = {}, runChanges: Changes<Run> = {}): SparkJob =>
  claimedJob(changes, {
    emrId: 'j-1',
    status: 'RUNNING',
    startedAt: at('06:00:01'),
    readyAt: at('06:06:00'),
    ...runChanges,
  });

/** The same, over since 06:30. */
export const finishedJob = (changes: Partial<SparkJob> = {}, runChanges: Changes<Run> = {}): SparkJob =>
  runningJob(changes, {
    status: 'TERMINATED',
    outcome: 'succeeded',
    reason: { code: 'ALL_STEPS_COMPLETED', message: 'Steps completed' },
    finishedAt: at('06:30:00'),
    ...runChanges,
  });

export const runOf = (job: SparkJob): Run => {
  if (job.latestRun === null) throw new Error('The job has no run');
  return job.latestRun;
};

/** What an execution is started with for the first run of the job. */
export const runJobRequest = (changes: Partial<RunJobRequest> = {}): RunJobRequest => ({
  jobId: 'job-1',
  identifier: 'daily-report',
  trigger: 'schedule',
  occurrence: at('06:00:00'),
  parameters: null,
  ...changes,
});

export const seen = (state: EmrObservation['state'], changes: Partial<EmrObservation> = {}): EmrObservation => ({
  emrId: 'j-1',
  runToken: '0123456789',
  state,
  reason: null,
  createdAt: null,
  readyAt: null,
  finishedAt: null,
  masterAddress: null,
  normalizedInstanceHours: null,
  billed: null,
  observedAt: at('06:40:00'),
  ...changes,
});
