import { adminSparkJobRoutes } from '../../shared/contract/routes/admin-lists.ts';
import { sparkJobRoutes } from '../../shared/contract/routes/spark-jobs.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbGrantRepository } from '../adapters/dynamodb-grant-repository.ts';
import { dynamoDbJobIdentifiers } from '../adapters/dynamodb-job-identifiers.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbRunRepository } from '../adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { emrEngines, ENGINE_SETTINGS } from '../adapters/emr-engines.ts';
import { RUN_PRICE_SETTINGS, runPricing } from '../adapters/run-pricing.ts';
import { NOTEBOOK_STORE_SETTINGS, s3NotebookStore } from '../adapters/s3-notebook-store.ts';
import { RESULT_FILES_SETTINGS, s3ResultFiles } from '../adapters/s3-result-files.ts';
import { PUT_SCHEDULE_SETTINGS, schedulerJobSchedules } from '../adapters/scheduler-job-schedules.ts';
import { sfnWorkflowExecutions } from '../adapters/sfn-workflow-executions.ts';
import { leaveInOutbox, publishRunEnd } from '../runs/publish-run-end.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { budgetCommitments } from '../access/budget-commitments.ts';
import { foreseeBudget } from '../access/budget-of.ts';
import { chargedOwner } from '../access/charged-owner.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { quotaReservations } from '../access/quota-reservations.ts';
import { resolvePerson } from '../access/resolve-person.ts';
import { sharing } from '../access/sharing.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { newId } from '../runtime/tokens.ts';
import { checkNotebookUpload } from './check-notebook-upload.ts';
import { checkSparkJobIdentifier } from './check-spark-job-identifier.ts';
import { createNotebookUpload } from './create-notebook-upload.ts';
import { createSparkJob } from './create-spark-job.ts';
import { deleteSparkJob } from './delete-spark-job.ts';
import { estimateSparkJob } from './estimate-spark-job.ts';
import { getNotebook } from './get-notebook.ts';
import { getSparkJobDefaults } from './get-spark-job-defaults.ts';
import { getSparkJobGrants } from './get-spark-job-grants.ts';
import { getSparkJob } from './get-spark-job.ts';
import { listDeletedSparkJobs } from './list-deleted-spark-jobs.ts';
import { listAllSparkJobs } from './list-all-spark-jobs.ts';
import { keptSparkJobs } from './searchable-spark-jobs.ts';
import { listSparkJobs } from './list-spark-jobs.ts';
import { previewSchedule } from './preview-schedule.ts';
import { putSparkJobGrants } from './put-spark-job-grants.ts';
import { putSchedule } from './put-schedule.ts';
import { transferSparkJob } from './transfer-spark-job.ts';
import { switchSparkJobs } from './switch-spark-jobs.ts';
import { updateSparkJob } from './update-spark-job.ts';
import { withdrawResults } from './withdraw-results.ts';

const environment = readEnvironment([
  ...SIGN_IN_SETTINGS,
  ...NOTEBOOK_STORE_SETTINGS,
  ...PUT_SCHEDULE_SETTINGS,
  ...RESULT_FILES_SETTINGS,
  ...RUN_PRICE_SETTINGS,
  ...ENGINE_SETTINGS,
  'table',
  'environment',
]);

const clock = systemClock;
const hasServerless = environment.emrServerless !== '';
const table = dynamoDbTable(environment.table);
const audit = dynamoDbAuditTrail(table);
const jobs = dynamoDbSparkJobRepository(table);
const grants = dynamoDbGrantRepository(table);
const people = dynamoDbPersonRepository(table);
const shared = sharing({ grants, people, clock });
const documents = dynamoDbDocuments(table);
const { settings, recentSettings } = settingsReaders({ environment, documents, clock });
const quotaRules = readQuotaRules(documents);
const identifiers = dynamoDbJobIdentifiers(table);
const quotas = quotaReservations({ reservations: dynamoDbReservationRepository(table), quotaRules, clock });
const accounts = dynamoDbBudgetAccounts(table);
const limits = currentBudgets(documents);
const budgets = budgetCommitments({
  accounts,
  notices: dynamoDbBudgetNotices(table),
  budgets: limits,
  clock,
});
const history = dynamoDbRunRepository(table);
const releases = dynamoDbEmrReleaseRepository(table);
const notebooks = s3NotebookStore(environment, newId);
const kept = keptSparkJobs(jobs, clock);
const schedules = schedulerJobSchedules(environment);
const executions = sfnWorkflowExecutions(environment);
const results = withdrawResults({ jobs, identifiers, resultFiles: s3ResultFiles(environment), clock });
const write = {
  results,
  jobs,
  grants,
  notebooks,
  releases,
  settings,
  quotaRules,
  hasServerless,
  putSchedule: putSchedule({ jobs, schedules, clock }),
  audit,
  clock,
};

export const handler = httpHandler(
  { ...sparkJobRoutes, ...adminSparkJobRoutes },
  {
    createNotebookUpload: createNotebookUpload({ notebooks }),
    checkNotebookUpload: checkNotebookUpload({ notebooks }),
    listDeletedSparkJobs: listDeletedSparkJobs({ identifiers }),
    listAllSparkJobs: listAllSparkJobs({ jobs, kept, releases, clock }),
    enableSparkJobs: switchSparkJobs(true)({ jobs, grants, audit, clock }),
    disableSparkJobs: switchSparkJobs(false)({ jobs, grants, audit, clock }),
    listSparkJobs: listSparkJobs({ jobs, kept, grants }),
    getSparkJobDefaults: getSparkJobDefaults({ releases, settings, hasServerless, clock }),
    checkSparkJobIdentifier: checkSparkJobIdentifier({ jobs, identifiers }),
    estimateSparkJob: estimateSparkJob({
      jobs,
      grants,
      history,
      pricing: runPricing(environment),
      settings,
      foresee: foreseeBudget({ accounts, budgets: limits, clock }),
      chargedOwner: chargedOwner({ people }),
      clock,
    }),
    previewSchedule: previewSchedule({ clock }),
    createSparkJob: createSparkJob({ ...write, quotas, identifiers, executions, newId }),
    getSparkJob: getSparkJob({ jobs, grants }),
    updateSparkJob: updateSparkJob(write),
    deleteSparkJob: deleteSparkJob({
      jobs,
      grants,
      quotas,
      identifiers,
      withdrawal: results,
      notebooks,
      schedules,
      engines: emrEngines(environment, clock),
      publishRunEnd: publishRunEnd({ history, executions, deliverMails: leaveInOutbox, budgets, clock }),
      audit,
      clock,
    }),
    getSparkJobGrants: getSparkJobGrants({ jobs, grants, sharing: shared }),
    putSparkJobGrants: putSparkJobGrants({ jobs, grants, sharing: shared, audit, clock }),
    transferSparkJob: transferSparkJob({
      jobs,
      history,
      identifiers,
      grants,
      quotas,
      resolve: resolvePerson({ people }),
      audit,
      clock,
    }),
    getNotebook: getNotebook({ jobs, grants, notebooks }),
  },
  {
    ...environment,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
