import { budgetCommitments } from '../access/budget-commitments.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { ownActs } from '../access/own-acts.ts';
import { quotaReservations } from '../access/quota-reservations.ts';
import { cognitoUserDirectory } from '../adapters/cognito-user-directory.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbClusterRepository } from '../adapters/dynamodb-cluster-repository.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbGrantRepository } from '../adapters/dynamodb-grant-repository.ts';
import { dynamoDbJobIdentifiers } from '../adapters/dynamodb-job-identifiers.ts';
import { dynamoDbMailRecords } from '../adapters/dynamodb-mail-records.ts';
import { dynamoDbOutboxes } from '../adapters/dynamodb-outbox.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSessionRepository } from '../adapters/dynamodb-session-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbSshKeyRepository } from '../adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { dynamoDbUpkeepRecords } from '../adapters/dynamodb-upkeep-records.ts';
import { dynamoDbUsageRepository } from '../adapters/dynamodb-usage-repository.ts';
import { dynamoDbUsageSums } from '../adapters/dynamodb-usage-sums.ts';
import { CLUSTER_NETWORK_SETTINGS, ec2ClusterNetwork } from '../adapters/ec2-cluster-network.ts';
import { efsHomeDirectories, HOME_SETTINGS } from '../adapters/efs-home-directories.ts';
import { CLUSTER_LAUNCH_SETTINGS, emrClusterLaunch } from '../adapters/emr-cluster-launch.ts';
import { emrEngines, ENGINE_SETTINGS } from '../adapters/emr-engines.ts';
import { emrRunLaunches, RUN_LAUNCHES_SETTINGS } from '../adapters/run-launches.ts';
import { s3Client } from '../adapters/s3-client.ts';
import { RESULT_FILES_SETTINGS, s3ResultFiles } from '../adapters/s3-result-files.ts';
import { RUN_OUTCOME_SETTINGS, s3RunOutcomes } from '../adapters/s3-run-outcomes.ts';
import { RUN_PARAMETERS_SETTINGS, s3RunParameters } from '../adapters/s3-run-parameters.ts';
import { PUT_SCHEDULE_SETTINGS, schedulerJobSchedules } from '../adapters/scheduler-job-schedules.ts';
import { MAIL_SETTINGS, sesMailSender } from '../adapters/ses-mail-sender.ts';
import { emrSessionLaunches } from '../adapters/session-launches.ts';
import { sfnWorkflowExecutions } from '../adapters/sfn-workflow-executions.ts';
import { clusterLifecycle } from '../clusters/cluster-lifecycle.ts';
import { deliverOutbox } from '../mail/deliver-outbox.ts';
import { mailDeliveries } from '../mail/mail-deliveries.ts';
import { renderMail } from '../mail/render-mail.ts';
import { runLaunches, runLifecycle } from '../runs/run-lifecycle.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { systemTimer } from '../runtime/timer.ts';
import { newId, newRunToken, newSecret, random } from '../runtime/tokens.ts';
import { sessionLifecycle } from '../sessions/session-lifecycle.ts';
import { launchPause } from '../settings/launch-pause.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { pacedEngines } from '../workloads/paced-engines.ts';
import { pause } from '../workloads/retry-while-throttled.ts';
import { usageMeter } from './add-up-usage.ts';
import { lateUsage } from './late-usage.ts';
import { clusterUsage, runUsage, sessionUsage } from './open-usage.ts';
import { periodicTasks } from './periodic-tasks.ts';
import { rebuildUsage } from './rebuild-usage.ts';
import { reconcileEmrEvent } from './reconcile-emr-event.ts';
import { recordBounce } from './record-bounce.ts';
import { recordExecutions } from './record-executions.ts';
import { upkeepHandler } from './upkeep-handler.ts';

const settings = readEnvironment([
  ...CLUSTER_LAUNCH_SETTINGS,
  ...CLUSTER_NETWORK_SETTINGS,
  ...HOME_SETTINGS,
  ...RUN_LAUNCHES_SETTINGS,
  ...ENGINE_SETTINGS,
  ...RUN_OUTCOME_SETTINGS,
  ...RUN_PARAMETERS_SETTINGS,
  ...PUT_SCHEDULE_SETTINGS,
  ...RESULT_FILES_SETTINGS,
  'table',
  ...MAIL_SETTINGS,
  'mailCopyTo',
  'hourlyCostLimit',
  'publicUrl',
  'userPoolId',
  'inactiveDays',
]);

const clock = systemClock;
const table = dynamoDbTable(settings.table);
const documents = dynamoDbDocuments(table);
const clusters = dynamoDbClusterRepository(table);
const sessions = dynamoDbSessionRepository(table);
const jobs = dynamoDbSparkJobRepository(table);
const people = dynamoDbPersonRepository(table);
const history = dynamoDbRunRepository(table);
const sshKeys = dynamoDbSshKeyRepository(table);
const accounts = dynamoDbBudgetAccounts(table);
const notices = dynamoDbBudgetNotices(table);
const reservations = dynamoDbReservationRepository(table);
const mails = dynamoDbMailRecords(table);
const sums = dynamoDbUsageSums(table);
const items = dynamoDbUsageRepository(table);
const usage = { ...items, change: lateUsage({ usage: items, sums, clock }) };
const engines = pacedEngines(emrEngines(settings, clock), { clock, pause });
const network = ec2ClusterNetwork(settings, { pause });
const homes = efsHomeDirectories(settings, { clock, pause });
const s3 = s3Client(settings);
const executions = sfnWorkflowExecutions(settings);

const deliver = deliverOutbox({
  mailSender: sesMailSender(settings),
  render: renderMail(settings),
  records: mails,
  clock,
  newAttemptId: newId,
});
const deliveries = mailDeliveries({ deliver, clusters, sessions, jobs, people, notices, mails });

const budgets = budgetCommitments({ accounts, notices, budgets: currentBudgets(documents), clock });
const acts = ownActs({ audit: dynamoDbAuditTrail(table), clock });
const held = {
  quotas: quotaReservations({ reservations, quotaRules: readQuotaRules(documents), clock }),
  budgets,
  engines,
  acts,
  launchPause: launchPause({ documents }),
  clock,
  retryTiming: { pause, random },
  newRunToken,
};
const ofClusters = clusterLifecycle({
  ...held,
  clusters,
  sshKeys,
  network,
  homes,
  launches: { cluster: emrClusterLaunch(settings) },
});
const perRelease = { table, clock, newToken: newId, pause };
const ofSessions = sessionLifecycle({ ...held, sessions, launches: emrSessionLaunches(settings, perRelease) });
const ofRuns = runLifecycle({
  ...held,
  jobs,
  history,
  executions,
  deliverMails: deliveries.ofJob,
  files: s3RunOutcomes(settings, s3),
});
const { source: runSource } = runLaunches({
  ...held,
  lifecycle: ofRuns,
  jobs,
  network,
  launches: emrRunLaunches(settings, perRelease),
  parameters: s3RunParameters(settings, s3),
  newSecret,
});

const usageSources = [
  clusterUsage({ clusters, clock }),
  sessionUsage({ sessions, clock }),
  runUsage({ jobs, history, clock }),
];
const meter = usageMeter({ sources: usageSources, usage, engines, clock });

export const handler = upkeepHandler({
  tasks: periodicTasks({
    clusters,
    sessions,
    jobs,
    history,
    people,
    sshKeys,
    releases: dynamoDbEmrReleaseRepository(table),
    grants: dynamoDbGrantRepository(table),
    identifiers: dynamoDbJobIdentifiers(table),
    reservations,
    accounts,
    notices,
    mails,
    outboxes: dynamoDbOutboxes(table),
    deliveries,
    resultFiles: s3ResultFiles(settings, s3),
    schedules: schedulerJobSchedules(settings),
    executions,
    directory: cognitoUserDirectory(settings),
    homes,
    engines,
    budgets,
    ofClusters,
    ofSessions,
    ofRuns,
    runSource,
    addUpUsage: meter.all,
    usage,
    sums,
    hourlyCostLimit: settings.hourlyCostLimit,
    inactiveDays: settings.inactiveDays,
    acts,
    clock,
    pause,
  }),
  recordExecutions: recordExecutions({ records: dynamoDbUpkeepRecords(table), clock, timer: systemTimer, newId }),
  recordBounce: recordBounce({ records: mails }),
  reconcileEmrEvent: reconcileEmrEvent({
    sources: [ofClusters.source, ofSessions.source, runSource],
    meter,
    environment: settings.environment,
  }),
  rebuildUsage: rebuildUsage({ clusters, sessions, history, usage, clock }),
});
