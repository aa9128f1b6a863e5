import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbLaunchSlots } from '../adapters/dynamodb-launch-slots.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbMailRecords } from '../adapters/dynamodb-mail-records.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { CLUSTER_NETWORK_SETTINGS, ec2ClusterNetwork } from '../adapters/ec2-cluster-network.ts';
import { emrEngines, ENGINE_SETTINGS } from '../adapters/emr-engines.ts';
import { emrRunLaunches, RUN_LAUNCHES_SETTINGS } from '../adapters/run-launches.ts';
import { RUN_PRICE_SETTINGS, runPricing } from '../adapters/run-pricing.ts';
import { RUN_OUTCOME_SETTINGS, s3RunOutcomes } from '../adapters/s3-run-outcomes.ts';
import { s3Client } from '../adapters/s3-client.ts';
import { RUN_PARAMETERS_SETTINGS, s3RunParameters } from '../adapters/s3-run-parameters.ts';
import { PUT_SCHEDULE_SETTINGS, schedulerJobSchedules } from '../adapters/scheduler-job-schedules.ts';
import { MAIL_SETTINGS, sesMailSender } from '../adapters/ses-mail-sender.ts';
import { sfnWorkflowExecutions } from '../adapters/sfn-workflow-executions.ts';
import { budgetCommitments } from '../access/budget-commitments.ts';
import { chargedOwner } from '../access/charged-owner.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { ownActs } from '../access/own-acts.ts';
import { markExpired } from '../jobs/mark-expired.ts';
import { putSchedule } from '../jobs/put-schedule.ts';
import { deliverOutbox } from '../mail/deliver-outbox.ts';
import { recordsOf } from '../mail/mail-record-id.ts';
import { renderMail } from '../mail/render-mail.ts';
import { commitRun } from '../runs/commit-run.ts';
import { runLaunches, runLifecycle } from '../runs/run-lifecycle.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { launchPause } from '../settings/launch-pause.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { STAGE_SETTINGS } from '../settings/stage-settings.ts';
import { newId, newRunToken, newSecret } from '../runtime/tokens.ts';
import { pause } from '../workloads/retry-while-throttled.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { awaitOutcome } from './await-outcome.ts';
import { getJob } from './get-job.ts';
import { jobTasks } from './job-tasks.ts';
import { provisionRun } from './provision-run.ts';
import { recordMissedOccurrence } from './record-missed-occurrence.ts';
import { recordOutcome } from './record-outcome.ts';
import { runJobHandler } from './run-workflow-handler.ts';

const environment = readEnvironment([
  ...CLUSTER_NETWORK_SETTINGS,
  ...RUN_LAUNCHES_SETTINGS,
  ...RUN_PRICE_SETTINGS,
  ...ENGINE_SETTINGS,
  ...RUN_OUTCOME_SETTINGS,
  ...RUN_PARAMETERS_SETTINGS,
  ...PUT_SCHEDULE_SETTINGS,
  ...STAGE_SETTINGS,
  'table',
  ...MAIL_SETTINGS,
  'mailCopyTo',
  'publicUrl',
]);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const documents = dynamoDbDocuments(table);
const { settings } = settingsReaders({ environment, documents, clock });
const pauses = launchPause({ documents });
const jobs = dynamoDbSparkJobRepository(table);
const history = dynamoDbRunRepository(table);
const engines = emrEngines(environment, clock);
const s3 = s3Client(environment);
const schedules = schedulerJobSchedules(environment);
const executions = sfnWorkflowExecutions(environment);

const deliver = deliverOutbox({
  mailSender: sesMailSender(environment),
  render: renderMail(environment),
  records: dynamoDbMailRecords(table),
  clock,
  newAttemptId: newId,
});
const deliverMails = (job: SparkJob): Promise<void> =>
  deliver(job, (change) => jobs.change(job.identifier, change), recordsOf(job.id));

const budgets = budgetCommitments({
  accounts: dynamoDbBudgetAccounts(table),
  notices: dynamoDbBudgetNotices(table),
  budgets: currentBudgets(dynamoDbDocuments(table)),
  clock,
});
const acts = ownActs({ audit: dynamoDbAuditTrail(table), clock });
const run = { budgets, jobs, history, executions, deliverMails, engines, acts, clock };
const lifecycle = runLifecycle({ ...run, files: s3RunOutcomes(environment, s3) });
const { launch: launchRun } = runLaunches({
  lifecycle,
  jobs,
  engines,
  network: ec2ClusterNetwork(environment, { pause }),
  launches: emrRunLaunches(environment, { table, clock, newToken: newId, pause }),
  launchPause: pauses,
  parameters: s3RunParameters(environment, s3),
  acts,
  clock,
  newRunToken,
  newSecret,
});
const recordMiss = recordMissedOccurrence(run);

const { syncLatestRun } = lifecycle;
const job = getJob({ jobs, putSchedule: putSchedule({ jobs, schedules, clock }), syncLatestRun, clock });

export const handler = runJobHandler({
  getJob: job,
  syncRun: job,
  provisionRun: provisionRun({
    jobs,
    history,
    lifecycle,
    launchRun,
    launchSlots: dynamoDbLaunchSlots(table, clock),
    recordMissedOccurrence: recordMiss,
    commitRun: commitRun({ budgets, chargedOwner: chargedOwner({ people: dynamoDbPersonRepository(table) }), history }),
    clock,
    newRunToken,
    pricing: runPricing(environment),
    settings,
    launchPause: pauses,
  }),
  awaitOutcome: awaitOutcome(run),
  recordOutcome: recordOutcome(run),
  ...jobTasks({
    jobs,
    lifecycle,
    recordMissedOccurrence: recordMiss,
    schedules,
    markExpired: markExpired({ jobs, deliverMails, clock }),
    acts,
    clock,
  }),
});
