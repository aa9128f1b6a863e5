import { rateOf } from '../../shared/domain/cost.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { at } from './cluster.ts';
import { claimedJob } from './spark-job.ts';
import type { Changes } from './workload.ts';

export const JOB_RUN = { applicationId: '00app', jobRunId: '00run' } as const;
export const JOB_RUN_EMR_ID = '00app/00run';

/** Alice's daily job, whose first run is on EMR Serverless since 06:00:01, for 60 cents an hour at most. */
export const jobOnServerless = (runChanges: Changes<Run> = {}): SparkJob =>
  claimedJob(
    // As it is written: the version of its run is the job's.
    { engine: 'serverless', version: 2 },
    {
      engine: 'serverless',
      emrId: JOB_RUN_EMR_ID,
      status: 'RUNNING',
      rate: rateOf({ emr: 0.6 }),
      startedAt: at('06:00:01'),
      readyAt: at('06:01:00'),
      ...runChanges,
    },
  );

/** EMR Serverless's event about that run. */
export const jobRunEvent = (state: string, time: string, detail: Record<string, string> = {}) => ({
  'detail-type': 'EMR Serverless Job Run State Change',
  source: 'aws.emr-serverless',
  time: time.replace('.000Z', 'Z'),
  detail: { ...JOB_RUN, state, previousState: 'RUNNING', ...detail },
});
