import { withExpiryMail, type Cluster } from '../../shared/domain/cluster.ts';
import { RUN_ENGINES } from '../../shared/domain/engine.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import type { MailRecord } from '../../shared/domain/mail-record.ts';

import { withSessionExpiryMail, type Session } from '../../shared/domain/session.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { cognitoUserDirectory } from '../adapters/cognito-user-directory.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbClusterRepository } from '../adapters/dynamodb-cluster-repository.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbGrantRepository } from '../adapters/dynamodb-grant-repository.ts';
import { dynamoDbJobIdentifiers } from '../adapters/dynamodb-job-identifiers.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbMailRecords } from '../adapters/dynamodb-mail-records.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSessionRepository } from '../adapters/dynamodb-session-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbSshKeyRepository } from '../adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { dynamoDbUpkeepRecords } from '../adapters/dynamodb-upkeep-records.ts';
import { dynamoDbUsageRepository } from '../adapters/dynamodb-usage-repository.ts';
import { CLUSTER_LAUNCH_SETTINGS, emrClusterLaunch } from '../adapters/emr-cluster-launch.ts';
import { CLUSTER_NETWORK_SETTINGS, ec2ClusterNetwork } from '../adapters/ec2-cluster-network.ts';
import { efsHomeDirectories, HOME_SETTINGS } from '../adapters/efs-home-directories.ts';
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
import { budgetCommitments } from '../access/budget-commitments.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { ownActs } from '../access/own-acts.ts';
import { quotaReservations } from '../access/quota-reservations.ts';
import { clusterLifecycle } from '../clusters/cluster-lifecycle.ts';
import { markExpired } from '../jobs/mark-expired.ts';
import { deliverOutbox } from '../mail/deliver-outbox.ts';
import { deliverBudgetNotice } from '../mail/deliver-budget-notice.ts';
import { recordsOf } from '../mail/mail-record-id.ts';
import { renderMail } from '../mail/render-mail.ts';
import { recordMissedOccurrence } from '../run-workflow/record-missed-occurrence.ts';
import { runLaunches, runLifecycle } from '../runs/run-lifecycle.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { inTurn } from '../runtime/sweep.ts';
import { sessionLifecycle } from '../sessions/session-lifecycle.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { launchPause } from '../settings/launch-pause.ts';
import { newId, newRunToken, newSecret, random } from '../runtime/tokens.ts';
import { pacedEngines } from '../workloads/paced-engines.ts';
import { pause } from '../workloads/retry-while-throttled.ts';
import { usageMeter } from './add-up-usage.ts';
import { announceExpiries } from './announce-expiries.ts';
import { announceSupportEnds } from './announce-support-ends.ts';
import { catchUpDueJobs } from './catch-up-due-jobs.ts';
import { catchUpOccurrences } from './catch-up-occurrences.ts';
import { endOverdueRuns } from './end-overdue-runs.ts';
import { compareSchedules } from './compare-schedules.ts';
import { expireJobs } from './expire-jobs.ts';
import { handleDueJobs } from './handle-due-jobs.ts';
import { findOrphans } from './find-orphans.ts';
import { launchWaitingClusters } from './launch-waiting-clusters.ts';
import { clusterUsage, runUsage, sessionUsage } from './open-usage.ts';
import { putPendingSchedules } from './put-pending-schedules.ts';
import { rebuildUsage } from './rebuild-usage.ts';
import { reconcileEmrEvent } from './reconcile-emr-event.ts';
import { recordBounce } from './record-bounce.ts';
import { recordExecutions } from './record-executions.ts';
import { removeGrantsToPeopleWhoLeft } from './remove-grants-to-people-who-left.ts';
import { sendOutboxes } from './send-outboxes.ts';
import { settleBudgets } from './settle-budgets.ts';
import { settleLeavers } from './settle-leavers.ts';
import { settleReservations } from './settle-reservations.ts';
import { syncWithEmr } from './sync-with-emr.ts';
import { terminateExpired } from './terminate-expired.ts';
import { withdrawResults } from '../jobs/withdraw-results.ts';
import { watchSpending } from './watch-spending.ts';
import { withdrawPublicCopies } from './withdraw-public-copies.ts';
import { unmountUnusedHomes } from './unmount-unused-homes.ts';
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
const { environment } = settings;

const clock = systemClock;
const table = dynamoDbTable(settings.table);
const documents = dynamoDbDocuments(table);
const pauses = launchPause({ documents });
const clusters = dynamoDbClusterRepository(table);
const sessions = dynamoDbSessionRepository(table);
const jobs = dynamoDbSparkJobRepository(table);
const people = dynamoDbPersonRepository(table);
const history = dynamoDbRunRepository(table);
const engines = pacedEngines(emrEngines(settings, clock), { clock, pause });
const network = ec2ClusterNetwork(settings, { pause });
const homes = efsHomeDirectories(settings, { clock, pause });
const s3 = s3Client(settings);
const schedules = schedulerJobSchedules(settings);
const executions = sfnWorkflowExecutions(settings);

const accounts = dynamoDbBudgetAccounts(table);
const notices = dynamoDbBudgetNotices(table);
const mailSender = sesMailSender(settings);
const mailRecords = dynamoDbMailRecords(table);
const deliver = deliverOutbox({
  mailSender,
  render: renderMail(settings),
  records: mailRecords,
  clock,
  newAttemptId: newId,
});
const deliverClusterMails = (cluster: Cluster) =>
  deliver(cluster, (change) => clusters.change(cluster.id, change), recordsOf(cluster.id));
const deliverSessionMails = (session: Session) =>
  deliver(session, (change) => sessions.change(session.id, change), recordsOf(session.id));
const deliverNoticeMails = deliverBudgetNotice({ notices, people, deliver });
const deliverMails = (job: SparkJob) =>
  deliver(job, (change) => jobs.change(job.identifier, change), recordsOf(job.id));
const resend = (record: MailRecord) =>
  deliver(
    record,
    (change) => mailRecords.change(record.id, change),
    () => record.id,
  );
const deliverPersonMails = (person: PersonRecord) =>
  deliver(person, (change) => people.change(person.id, change), recordsOf(person.id));

const sshKeys = dynamoDbSshKeyRepository(table);
const reservations = dynamoDbReservationRepository(table);
const budgets = budgetCommitments({
  accounts,
  notices,
  budgets: currentBudgets(documents),
  clock,
});
const acts = ownActs({ audit: dynamoDbAuditTrail(table), clock });
const held = {
  quotas: quotaReservations({ reservations, quotaRules: readQuotaRules(documents), clock }),
  budgets,
  engines,
  acts,
  launchPause: pauses,
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
const ofSessions = sessionLifecycle({
  ...held,
  sessions,
  launches: emrSessionLaunches(settings, { table, clock, newToken: newId, pause }),
});

const run = { budgets, jobs, history, executions, deliverMails, engines, acts, clock };
const ofRuns = runLifecycle({ ...run, files: s3RunOutcomes(settings, s3) });
const { source: runSource } = runLaunches({
  lifecycle: ofRuns,
  jobs,
  engines,
  network,
  launches: emrRunLaunches(settings, { table, clock, newToken: newId, pause }),
  launchPause: pauses,
  parameters: s3RunParameters(settings, s3),
  acts,
  clock,
  newRunToken,
  newSecret,
});
const sources = [ofClusters.source, ofSessions.source, runSource];
const catchUp = catchUpOccurrences({ ...run, recordMissedOccurrence: recordMissedOccurrence(run) });

const identifiers = dynamoDbJobIdentifiers(table);
const results = withdrawResults({ jobs, identifiers, resultFiles: s3ResultFiles(settings, s3), clock });

const usage = dynamoDbUsageRepository(table);
const usageSources = [
  clusterUsage({ clusters, clock }),
  sessionUsage({ sessions, clock }),
  runUsage({ jobs, history, clock }),
];
const meter = usageMeter({ sources: usageSources, usage, engines, clock });

export const handler = upkeepHandler({
  tasks: {
    terminateExpiredClusters: inTurn({
      terminateExpiredClusters: terminateExpired({
        kind: 'cluster',
        repository: clusters,
        detailOf: ({ identifier }) => ({ identifier }),
        owning: ofClusters.owning,
        engines,
        acts,
        clock,
      }),
      terminateExpiredSessions: terminateExpired({
        kind: 'session',
        repository: sessions,
        detailOf: ({ name }) => ({ name }),
        owning: ofSessions.owning,
        engines,
        acts,
        clock,
      }),
      launchWaitingSessions: launchWaitingClusters({ source: ofSessions.source, clock, pause }),
      launchWaitingClusters: launchWaitingClusters({ source: ofClusters.source, clock, pause }),
    }),
    expireJobs: handleDueJobs({
      jobs,
      expireJobs: expireJobs({ schedules, markExpired: markExpired({ jobs, deliverMails, clock }), acts, clock }),
      putPendingSchedules: putPendingSchedules({ jobs, schedules, clock }),
      clock,
    }),
    sendMails: sendOutboxes({
      clusters,
      sessions,
      deliverSessionMails,
      jobs,
      notices,
      people,
      deliverClusterMails,
      deliverJobMails: deliverMails,
      deliverPersonMails,
      deliverNoticeMails,
      mails: mailRecords,
      resend,
      clock,
    }),
    watchSpending: watchSpending({
      clusters,
      sessions,
      jobs,
      notices,
      hourlyCostLimit: settings.hourlyCostLimit,
      clock,
    }),
    withdrawPublicCopies: withdrawPublicCopies({ identifiers, results }),
    addUpUsage: meter.all,
    announceExpiries: inTurn({
      ofClusters: announceExpiries({
        kind: 'cluster',
        repository: clusters,
        withMail: withExpiryMail,
        deliverMails: deliverClusterMails,
        clock,
      }),
      ofSessions: announceExpiries({
        kind: 'session',
        repository: sessions,
        withMail: withSessionExpiryMail,
        deliverMails: deliverSessionMails,
        clock,
      }),
    }),
    syncWithEmr: syncWithEmr({ sources, engines, asked: RUN_ENGINES, clock }),
    // They send no events.
    syncSessions: syncWithEmr({ sources: [ofSessions.source], engines, asked: ['connect'], clock }),
    findOrphans: inTurn({
      findOrphans: findOrphans({ sources, engines, acts, clock }),
      settleReservations: settleReservations({ reservations, clusters, sessions, jobs, sshKeys, clock }),
      settleBudgets: settleBudgets({ accounts, budgets, clusters, sessions, jobs, history, clock }),
      endOverdueRuns: endOverdueRuns({ jobs, timeOutRun: ofRuns.timeOutRun, clock }),
      catchUpDueJobs: catchUpDueJobs({ jobs, catchUpOccurrences: catchUp, clock }),
    }),
    settleLeavers: settleLeavers({
      people,
      directory: cognitoUserDirectory(settings),
      clusters,
      sessions,
      jobs,
      lifecycle: ofClusters,
      sessionLifecycle: ofSessions,
      deliverMails: deliverPersonMails,
      inactiveDays: settings.inactiveDays,
      acts,
      clock,
    }),
    compareSchedules: compareSchedules({ jobs, schedules, clock }),
    unmountUnusedHomes: unmountUnusedHomes({ homes, clusters, clock }),
    announceSupportEnds: announceSupportEnds({
      jobs,
      releases: dynamoDbEmrReleaseRepository(table),
      deliverMails,
      clock,
    }),
    removeGrants: removeGrantsToPeopleWhoLeft({ grants: dynamoDbGrantRepository(table), people, clock }),
  },
  recordExecutions: recordExecutions({ records: dynamoDbUpkeepRecords(table), clock, newId }),
  recordBounce: recordBounce({ records: mailRecords }),
  reconcileEmrEvent: reconcileEmrEvent({ sources, meter, environment }),
  rebuildUsage: rebuildUsage({ clusters, sessions, history, usage, clock }),
});
