import { CLUSTER_PRICE_SETTINGS, clusterPricing } from '../adapters/cluster-pricing.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { emrClusters } from '../adapters/emr-clusters.ts';
import { emrRunProvisioner, RUN_LAUNCH_SETTINGS } from '../adapters/emr-run-provisioner.ts';
import { RUN_OUTCOME_SETTINGS, s3RunOutcomes } from '../adapters/s3-run-outcomes.ts';
import { s3Client } from '../adapters/s3-client.ts';
import { RUN_PARAMETERS_SETTINGS, s3RunParameters } from '../adapters/s3-run-parameters.ts';
import { PUT_SCHEDULE_SETTINGS, schedulerJobSchedules } from '../adapters/scheduler-job-schedules.ts';
import { sesMailSender } from '../adapters/ses-mail-sender.ts';
import { sfnWorkflowExecutions } from '../adapters/sfn-workflow-executions.ts';
import { markExpired } from '../jobs/mark-expired.ts';
import { putSchedule } from '../jobs/put-schedule.ts';
import { deliverPendingMails } from '../mail/deliver-pending-mails.ts';
import { renderMail } from '../mail/render-mail.ts';
import { announceRunEnd } from '../workloads/announce-run-end.ts';
import { followRun } from '../workloads/follow-run.ts';
import { launchRun } from '../workloads/launch-run.ts';
import { passOnRunTermination } from '../workloads/pass-on-run-termination.ts';
import { syncLatestRun } from '../runs/sync-latest-run.ts';
import { recordTimeout, timeOutRun } from '../runs/time-out-run.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { newId, newRunToken } from '../runtime/tokens.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { awaitOutcome } from './await-outcome.ts';
import { endOwnClaim } from './end-own-claim.ts';
import { getJob } from './get-job.ts';
import { markJobExpired } from './mark-expired.ts';
import { notifyTimedOut } from './notify-timed-out.ts';
import { provisionRun } from './provision-run.ts';
import { recordDisabled } from './record-disabled.ts';
import { recordMissedOccurrence } from './record-missed-occurrence.ts';
import { recordMissed } from './record-missed.ts';
import { recordOutcome } from './record-outcome.ts';
import { removeSchedule } from './remove-schedule.ts';
import { runJobHandler } from './run-workflow-handler.ts';
import { syncRun } from './sync-run.ts';
import { terminateTimedOutRun } from './terminate-timed-out-run.ts';

const environment = readEnvironment([
  ...RUN_LAUNCH_SETTINGS,
  ...CLUSTER_PRICE_SETTINGS,
  ...RUN_OUTCOME_SETTINGS,
  ...RUN_PARAMETERS_SETTINGS,
  ...PUT_SCHEDULE_SETTINGS,
  'table',
  'mailFrom',
  'mailCopyTo',
  'publicUrl',
]);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const jobs = dynamoDbSparkJobRepository(table);
const history = dynamoDbRunRepository(table);
const emr = emrClusters(environment.environment);
const s3 = s3Client(environment);
const files = s3RunOutcomes(environment, s3);
const schedules = schedulerJobSchedules(environment);
const executions = sfnWorkflowExecutions(environment);

const deliver = deliverPendingMails({
  mailSender: sesMailSender(environment),
  render: renderMail(environment),
  clock,
  newAttemptId: newId,
});
const deliverMails = (job: SparkJob): Promise<void> => deliver(job, (change) => jobs.change(job.identifier, change));

const run = { jobs, history, clock };
const announce = announceRunEnd({ history, executions, deliverMails });
const passOnTermination = passOnRunTermination({ ...run, emr });
const follow = followRun({ ...run, files, announceRunEnd: announce, passOnTermination });
const launch = launchRun({
  ...run,
  provisioner: emrRunProvisioner(environment),
  parameters: s3RunParameters(environment, s3),
  emr,
  announceRunEnd: announce,
  passOnTermination,
});
const timeout = recordTimeout({ jobs, deliverMails, clock });
const timeOut = timeOutRun({ jobs, recordTimeout: timeout, passOnTermination, announceRunEnd: announce, clock });
const endClaim = endOwnClaim({ jobs, announceRunEnd: announce, clock });
const recordMiss = recordMissedOccurrence({ ...run, deliverMails });

export const handler = runJobHandler({
  getJob: getJob({ jobs, history, putSchedule: putSchedule({ jobs, schedules, clock }), clock }),
  syncRun: syncRun({ jobs, syncLatestRun: syncLatestRun({ emr, followRun: follow }), clock }),
  recordDisabled: recordDisabled({ endOwnClaim: endClaim, recordMissedOccurrence: recordMiss }),
  recordMissed: recordMissed({ endOwnClaim: endClaim, recordMissedOccurrence: recordMiss }),
  notifyTimedOut: notifyTimedOut({ jobs, recordTimeout: timeout }),
  terminateRun: terminateTimedOutRun({ jobs, timeOutRun: timeOut }),
  removeSchedule: removeSchedule({ jobs, schedules, clock }),
  markExpired: markJobExpired({
    endOwnClaim: endClaim,
    recordMissedOccurrence: recordMiss,
    markExpired: markExpired({ jobs, deliverMails, clock }),
  }),
  provisionRun: provisionRun({
    jobs,
    launchRun: launch,
    recordMissedOccurrence: recordMiss,
    clock,
    newRunToken,
    pricing: clusterPricing(environment),
  }),
  awaitOutcome: awaitOutcome({ jobs, history, executions, clock }),
  recordOutcome: recordOutcome({ jobs, history, deliverMails }),
});
