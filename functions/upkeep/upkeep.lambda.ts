import type { Cluster } from '../../shared/domain/cluster.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { dynamoDbClusterRepository } from '../adapters/dynamodb-cluster-repository.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbSshKeyRepository } from '../adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { CLUSTER_LAUNCH_SETTINGS, emrClusterProvisioner } from '../adapters/emr-cluster-provisioner.ts';
import { emrClusters } from '../adapters/emr-clusters.ts';
import { emrRunProvisioner, RUN_LAUNCH_SETTINGS } from '../adapters/emr-run-provisioner.ts';
import { s3Client } from '../adapters/s3-client.ts';
import { RUN_OUTCOME_SETTINGS, s3RunOutcomes } from '../adapters/s3-run-outcomes.ts';
import { RUN_PARAMETERS_SETTINGS, s3RunParameters } from '../adapters/s3-run-parameters.ts';
import { PUT_SCHEDULE_SETTINGS, schedulerJobSchedules } from '../adapters/scheduler-job-schedules.ts';
import { sesMailSender } from '../adapters/ses-mail-sender.ts';
import { sfnWorkflowExecutions } from '../adapters/sfn-workflow-executions.ts';
import { followCluster } from '../workloads/follow-cluster.ts';
import { launchClaimedCluster } from '../workloads/launch-claimed-cluster.ts';
import { passOnTermination } from '../workloads/pass-on-termination.ts';
import { relaunchCluster } from '../workloads/relaunch-cluster.ts';
import { pause } from '../workloads/patience.ts';
import { markExpired } from '../jobs/mark-expired.ts';
import { expireJobs } from './expire-jobs.ts';
import { putPendingSchedules } from './put-pending-schedules.ts';
import { deliverPendingMails } from '../mail/deliver-pending-mails.ts';
import { renderMail } from '../mail/render-mail.ts';
import { accountForOccurrences } from './account-for-occurrences.ts';
import { recordMissedOccurrence } from '../run-workflow/record-missed-occurrence.ts';
import { announceRunEnd } from '../workloads/announce-run-end.ts';
import { followRun } from '../workloads/follow-run.ts';
import { launchRun } from '../workloads/launch-run.ts';
import { passOnRunTermination } from '../workloads/pass-on-run-termination.ts';
import { relaunchRun } from '../workloads/relaunch-run.ts';
import { recordTimeout, timeOutRun } from '../runs/time-out-run.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { newId, newRunToken, random } from '../runtime/tokens.ts';
import { accountForEveryJob } from './account-for-every-job.ts';
import { announceExpiries } from './announce-expiries.ts';
import { endOverdueRuns } from './end-overdue-runs.ts';
import { findOrphans } from './find-orphans.ts';
import { followEmrEvent } from './follow-emr-event.ts';
import { followedClusters } from '../workloads/followed-clusters.ts';
import { followedRuns } from '../workloads/followed-runs.ts';
import { sendOwedMails } from './send-owed-mails.ts';
import { inTurn } from '../runtime/sweep.ts';
import { syncWithEmr } from './sync-with-emr.ts';
import { terminateExpiredClusters } from './terminate-expired-clusters.ts';
import { upkeepHandler } from './upkeep-handler.ts';

const settings = readEnvironment([
  ...CLUSTER_LAUNCH_SETTINGS,
  ...RUN_LAUNCH_SETTINGS,
  ...RUN_OUTCOME_SETTINGS,
  ...RUN_PARAMETERS_SETTINGS,
  ...PUT_SCHEDULE_SETTINGS,
  'table',
  'mailFrom',
  'mailCopyTo',
  'publicUrl',
]);
const { environment } = settings;

const clock = systemClock;
const table = dynamoDbTable(settings.table);
const clusters = dynamoDbClusterRepository(table);
const jobs = dynamoDbSparkJobRepository(table);
const history = dynamoDbRunRepository(table);
const emr = emrClusters(environment);
const s3 = s3Client(settings);
const schedules = schedulerJobSchedules(settings);
const executions = sfnWorkflowExecutions(settings);

const mailSender = sesMailSender(settings);
const deliver = deliverPendingMails({ mailSender, render: renderMail(settings), clock, newAttemptId: newId });
const deliverClusterMails = (cluster: Cluster) => deliver(cluster, (change) => clusters.change(cluster.id, change));
const deliverMails = (job: SparkJob) => deliver(job, (change) => jobs.change(job.identifier, change));

const endOfCluster = passOnTermination({ clusters, emr, clock });
const followOneCluster = followCluster({ clusters, emr, passOnTermination: endOfCluster, clock });
const relaunchOneCluster = relaunchCluster({
  clusters,
  sshKeys: dynamoDbSshKeyRepository(table),
  launchClaimed: launchClaimedCluster({
    clusters,
    provisioner: emrClusterProvisioner(settings),
    passOnTermination: endOfCluster,
    clock,
    patience: { pause, random },
  }),
  clock,
  newRunToken,
});

const run = { jobs, history, clock };
const announce = announceRunEnd({ history, executions, deliverMails });
const endOfRun = passOnRunTermination({ ...run, emr });
const followOneRun = followRun({
  ...run,
  files: s3RunOutcomes(settings, s3),
  announceRunEnd: announce,
  passOnTermination: endOfRun,
});
const relaunchOneRun = relaunchRun({
  jobs,
  launchRun: launchRun({
    ...run,
    provisioner: emrRunProvisioner(settings),
    parameters: s3RunParameters(settings, s3),
    emr,
    announceRunEnd: announce,
    passOnTermination: endOfRun,
  }),
  announceRunEnd: announce,
  clock,
  newRunToken,
});
const timeOutOneRun = timeOutRun({
  jobs,
  recordTimeout: recordTimeout({ jobs, deliverMails, clock }),
  passOnTermination: endOfRun,
  announceRunEnd: announce,
  clock,
});
const accountForJob = accountForOccurrences({
  history,
  executions,
  recordMissedOccurrence: recordMissedOccurrence({ ...run, deliverMails }),
  clock,
});

export const handler = upkeepHandler({
  tasks: {
    terminateExpiredClusters: terminateExpiredClusters({ clusters, emr, clock }),
    expireJobs: inTurn({
      expireJobs: expireJobs({ jobs, schedules, markExpired: markExpired({ jobs, deliverMails, clock }), clock }),
      putPendingSchedules: putPendingSchedules({ jobs, schedules, clock }),
    }),
    sendMails: sendOwedMails({ clusters, jobs, deliverClusterMails, deliverJobMails: deliverMails, clock }),
    announceExpiries: announceExpiries({ clusters, deliverMails: deliverClusterMails, clock }),
    syncWithEmr: syncWithEmr({
      readers: [
        followedClusters({ clusters, followCluster: followOneCluster, relaunchCluster: relaunchOneCluster }),
        followedRuns({ jobs, followRun: followOneRun, relaunchRun: relaunchOneRun, clock }),
      ],
      emr,
      environment,
      clock,
    }),
    findOrphans: inTurn({
      findOrphans: findOrphans({ emr, clusters, jobs, environment, clock }),
      endOverdueRuns: endOverdueRuns({ jobs, timeOutRun: timeOutOneRun, clock }),
      accountForEveryJob: accountForEveryJob({ jobs, accountForOccurrences: accountForJob }),
    }),
  },
  followEmrEvent: followEmrEvent({
    clusters,
    jobs,
    followCluster: followOneCluster,
    followRun: followOneRun,
    environment,
  }),
});
