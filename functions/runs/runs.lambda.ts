import { adminRunRoutes } from '../../shared/contract/routes/admin-runs.ts';
import { runRoutes } from '../../shared/contract/routes/runs.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbGrantRepository } from '../adapters/dynamodb-grant-repository.ts';
import { dynamoDbJobIdentifiers } from '../adapters/dynamodb-job-identifiers.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { emrEngines, ENGINE_SETTINGS } from '../adapters/emr-engines.ts';
import { RUN_PRICE_SETTINGS, runPricing } from '../adapters/run-pricing.ts';
import { RUN_FILES_SETTINGS, s3RunFiles } from '../adapters/s3-run-files.ts';
import { CALLER_PROOF_SETTINGS, stsCallerProofs } from '../adapters/sts-caller-proofs.ts';
import { RUN_CREDENTIALS_SETTINGS, stsRunCredentials } from '../adapters/sts-run-credentials.ts';
import { absentSparkUi } from '../adapters/absent-spark-ui.ts';
import { clusterSparkUi } from '../adapters/cluster-spark-ui.ts';
import { emrServerlessSparkUi } from '../adapters/emr-serverless-spark-ui.ts';
import { sfnWorkflowExecutions } from '../adapters/sfn-workflow-executions.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { budgetCommitments } from '../access/budget-commitments.ts';
import { chargedOwner } from '../access/charged-owner.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { launchPause } from '../settings/launch-pause.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { ownActs } from '../access/own-acts.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { newRunToken } from '../runtime/tokens.ts';
import { commitRun } from './commit-run.ts';
import { getFailure } from './get-failure.ts';
import { getProgress } from './get-progress.ts';
import { getRun } from './get-run.ts';
import { issueRunCredentials } from './run-secret.ts';
import { listLogs } from './list-logs.ts';
import { listOccurrences } from './list-occurrences.ts';
import { listResults } from './list-results.ts';
import { listRuns } from './list-runs.ts';
import { leaveInOutbox } from './publish-run-end.ts';
import { runLifecycle } from './run-lifecycle.ts';
import { runSparkJob } from './run-spark-job.ts';
import { runSparkJobs } from './run-spark-jobs.ts';
import { openRunSparkUi } from './open-run-spark-ui.ts';
import { terminateRun } from './terminate-run.ts';

const environment = readEnvironment([
  ...SIGN_IN_SETTINGS,
  ...RUN_FILES_SETTINGS,
  ...RUN_CREDENTIALS_SETTINGS,
  ...CALLER_PROOF_SETTINGS,
  ...RUN_PRICE_SETTINGS,
  ...ENGINE_SETTINGS,
  'table',
  'stateMachineArn',
  'environment',
]);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const documents = dynamoDbDocuments(table);
const { settings, recentSettings } = settingsReaders({ environment, documents, clock });
const audit = dynamoDbAuditTrail(table);
const lookup = {
  jobs: dynamoDbSparkJobRepository(table),
  grants: dynamoDbGrantRepository(table),
  history: dynamoDbRunRepository(table),
};
const reading = { ...lookup, identifiers: dynamoDbJobIdentifiers(table) };
const files = s3RunFiles(environment);
const executions = sfnWorkflowExecutions(environment);
const budgets = budgetCommitments({
  accounts: dynamoDbBudgetAccounts(table),
  notices: dynamoDbBudgetNotices(table),
  budgets: currentBudgets(dynamoDbDocuments(table)),
  clock,
});
const lifecycle = runLifecycle({
  ...lookup,
  files,
  executions,
  deliverMails: leaveInOutbox,
  budgets,
  engines: emrEngines(environment, clock),
  acts: ownActs({ audit, clock }),
  clock,
});

const run = runSparkJob({
  ...lookup,
  syncLatestRun: lifecycle.syncLatestRun,
  executions,
  audit,
  clock,
  newRunToken,
  pricing: runPricing(environment),
  settings,
  commitRun: commitRun({
    budgets,
    chargedOwner: chargedOwner({ people: dynamoDbPersonRepository(table) }),
    history: lookup.history,
  }),
  launchPause: launchPause({ documents }),
});

export const handler = httpHandler(
  { ...runRoutes, ...adminRunRoutes },
  {
    runSparkJob: run,
    runSparkJobs: runSparkJobs({ run, clock }),
    listRuns: listRuns(reading),
    listOccurrences: listOccurrences(lookup),
    getRun: getRun(reading),
    terminateRun: terminateRun({ ...lookup, lifecycle, audit, clock }),
    openRunSparkUi: openRunSparkUi({
      ...reading,
      audit,
      clock,
      sparkUis: {
        cluster: clusterSparkUi(table, clock),
        serverless: emrServerlessSparkUi({ clock }),
        connect: absentSparkUi,
      },
    }),
    listResults: listResults({ ...reading, files }),
    listLogs: listLogs({ ...reading, files }),
    getFailure: getFailure({ ...reading, files, settings: recentSettings }),
    getProgress: getProgress({ ...reading, files }),
    issueRunCredentials: issueRunCredentials({
      ...lookup,
      credentials: stsRunCredentials(environment),
      callerProofs: stsCallerProofs(environment),
    }),
  },
  {
    ...environment,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
