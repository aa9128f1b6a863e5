import { settingsBodyFor } from '../../shared/contract/settings.ts';
import { RUN_ENGINES, type RunEngine } from '../../shared/domain/engine.ts';
import { adminRoutes } from '../../shared/contract/routes/admin.ts';
import { instanceTypeCheck } from '../adapters/cluster-pricing.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbClusterRepository } from '../adapters/dynamodb-cluster-repository.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbSessionRepository } from '../adapters/dynamodb-session-repository.ts';
import { dynamoDbSparkJobLists } from '../adapters/dynamodb-spark-job-lists.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbMailRecords } from '../adapters/dynamodb-mail-records.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { dynamoDbUpkeepRecords } from '../adapters/dynamodb-upkeep-records.ts';
import { dynamoDbUsageRepository } from '../adapters/dynamodb-usage-repository.ts';
import { dynamoDbUsageSums } from '../adapters/dynamodb-usage-sums.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { systemClock } from '../runtime/clock.ts';
import { csvOf } from '../runtime/csv.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { resolvePerson } from '../access/resolve-person.ts';
import { summedUsage } from '../access/summed-usage.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { stageSettings } from '../settings/stage-settings.ts';
import { adminBudgets } from './budgets.ts';
import { listAlerts, resendAlert } from './alerts.ts';
import { getAnnouncement, putAnnouncement } from './announcement.ts';
import { changeDocument } from './change-document.ts';
import { getLaunches, setLaunches } from './launches.ts';
import { adminEmrReleases } from './emr-releases.ts';
import { getOverview } from './get-overview.ts';
import { listAudit } from './list-audit.ts';
import { documentHistory } from './document-history.ts';
import { getQuotas, nameOf, putQuotas } from './quotas.ts';
import { getSettings, putSettings } from './settings.ts';
import { getUsage } from './get-usage.ts';
import { listUpkeep } from './list-upkeep.ts';

const environment = readEnvironment([...SIGN_IN_SETTINGS, 'table', 'region', 'emrServerless']);

const clock = systemClock;
const engines: readonly RunEngine[] = environment.emrServerless === '' ? ['cluster'] : RUN_ENGINES;
const table = dynamoDbTable(environment.table);
const documents = dynamoDbDocuments(table);
const mailRecords = dynamoDbMailRecords(table);
const { recentSettings } = settingsReaders({ environment, documents, clock });
const people = dynamoDbPersonRepository(table);
const audit = dynamoDbAuditTrail(table);
const ofStage = stageSettings(environment);
const change = changeDocument({ documents, audit, clock });

const clusters = dynamoDbClusterRepository(table);
const sessions = dynamoDbSessionRepository(table);
const jobs = dynamoDbSparkJobLists(table);
const usage = summedUsage({ usage: dynamoDbUsageRepository(table), sums: dynamoDbUsageSums(table), clock });
const upkeep = listUpkeep({ records: dynamoDbUpkeepRecords(table), clock });

export const handler = httpHandler(
  // Only the API knows the prices of its Region and the engines of its stage.
  {
    ...adminRoutes,
    putSettings: { ...adminRoutes.putSettings, body: settingsBodyFor(instanceTypeCheck(environment), engines) },
  },
  {
    listUpkeep: upkeep,
    getOverview: getOverview({ clusters, sessions, jobs, documents, audit, mails: mailRecords, upkeep, clock }),
    ...adminEmrReleases({ releases: dynamoDbEmrReleaseRepository(table), clusters, jobs, audit, clock }),
    listAlerts: listAlerts({ records: mailRecords }),
    resendAlert: resendAlert({ records: mailRecords, audit, clock }),
    getUsage: getUsage({ usage, people, clock }),
    listAudit: listAudit({ audit, clock }),
    getSettings: getSettings({ documents, ofStage }),
    putSettings: putSettings({ changeDocument: change, ofStage }),
    listDocumentVersions: documentHistory({
      documents,
      ofStage: stageSettings(environment),
      nameOf: (id) => nameOf(people, id),
    }),
    getQuotas: getQuotas({ documents, people }),
    putQuotas: putQuotas({ people, resolve: resolvePerson({ people }), changeDocument: change }),
    getLaunches: getLaunches({ documents }),
    setLaunches: setLaunches({ changeDocument: change }),
    ...adminBudgets({
      documents,
      changeDocument: change,
      accounts: dynamoDbBudgetAccounts(table),
      people,
      resolve: resolvePerson({ people }),
      clock,
    }),
    getAnnouncement: getAnnouncement({ documents }),
    putAnnouncement: putAnnouncement({ changeDocument: change }),
  },
  {
    ...environment,
    writeCsv: csvOf,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
