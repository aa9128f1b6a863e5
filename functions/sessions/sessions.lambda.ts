import { adminSessionRoutes } from '../../shared/contract/routes/admin-sessions.ts';
import { sessionRoutes } from '../../shared/contract/routes/sessions.ts';
import { absentEngine } from '../adapters/absent-engine.ts';
import { absentSparkUi } from '../adapters/absent-spark-ui.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbGrantRepository } from '../adapters/dynamodb-grant-repository.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbSessionRepository } from '../adapters/dynamodb-session-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { ENGINE_SETTINGS, sessionEngine } from '../adapters/emr-engines.ts';
import { emrServerlessClient } from '../adapters/emr-serverless-client.ts';
import { emrServerlessSessionConnections } from '../adapters/emr-serverless-session-connections.ts';
import { emrServerlessSparkUi } from '../adapters/emr-serverless-spark-ui.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { RUN_PRICE_SETTINGS, runPricing } from '../adapters/run-pricing.ts';
import { emrSessionLaunches } from '../adapters/session-launches.ts';
import { budgetCommitments } from '../access/budget-commitments.ts';
import { foreseeBudget } from '../access/budget-of.ts';
import { chargedOwner } from '../access/charged-owner.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { ownActs } from '../access/own-acts.ts';
import { quotaReservations } from '../access/quota-reservations.ts';
import { sharing } from '../access/sharing.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { newId, newRunToken, random } from '../runtime/tokens.ts';
import { launchPause } from '../settings/launch-pause.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { pause } from '../workloads/retry-while-throttled.ts';
import { connectSession } from './connect-session.ts';
import { estimateSession } from './estimate-session.ts';
import { extendSession } from './extend-session.ts';
import { getSessionDefaults } from './get-session-defaults.ts';
import { getSession } from './get-session.ts';
import { listAllSessions, listSessions } from './list-sessions.ts';
import { lookAtSession } from './look-at-session.ts';
import { getSessionGrants, putSessionGrants } from './session-grants.ts';
import { openSessionSparkUi } from './open-session-spark-ui.ts';
import { sessionLifecycle } from './session-lifecycle.ts';
import { startSession } from './start-session.ts';
import { terminateSession, terminateSessions } from './terminate-session.ts';

const environment = readEnvironment([...SIGN_IN_SETTINGS, ...RUN_PRICE_SETTINGS, ...ENGINE_SETTINGS, 'table']);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const sessions = dynamoDbSessionRepository(table);
const grants = dynamoDbGrantRepository(table);
const people = dynamoDbPersonRepository(table);
const audit = dynamoDbAuditTrail(table);
const shared = sharing({ grants, people, clock });
const documents = dynamoDbDocuments(table);
const { settings, recentSettings } = settingsReaders({ environment, documents, clock });
const pauses = launchPause({ documents });
const quotas = quotaReservations({
  reservations: dynamoDbReservationRepository(table),
  quotaRules: readQuotaRules(documents),
  clock,
});
const accounts = dynamoDbBudgetAccounts(table);
const limits = currentBudgets(documents);
const budgets = budgetCommitments({ accounts, notices: dynamoDbBudgetNotices(table), budgets: limits, clock });
const releases = dynamoDbEmrReleaseRepository(table);
const pricing = runPricing(environment);
const hasServerless = environment.emrServerless !== '';
const engines = { cluster: absentEngine, serverless: absentEngine, connect: sessionEngine(environment, clock) };
const lifecycle = sessionLifecycle({
  sessions,
  quotas,
  budgets,
  engines,
  launches: emrSessionLaunches(environment, { table, clock, newToken: newId, pause }),
  acts: ownActs({ audit, clock }),
  launchPause: pauses,
  clock,
  retryTiming: { pause, random },
  newRunToken,
});
const look = lookAtSession({ engines, lifecycle, clock });
const client = emrServerlessClient();
const sparkUis = {
  cluster: absentSparkUi,
  serverless: absentSparkUi,
  connect: emrServerlessSparkUi({ clock, client }),
};
const lookup = { sessions, grants };

export const handler = httpHandler(
  { ...sessionRoutes, ...adminSessionRoutes },
  {
    listAllSessions: listAllSessions({ sessions }),
    terminateSessions: terminateSessions({ ...lookup, lifecycle, audit, clock }),
    listSessions: listSessions(lookup),
    getSessionDefaults: getSessionDefaults({ hasServerless, releases, settings, random }),
    startSession: startSession({
      hasServerless,
      sessions,
      releases,
      settings,
      quotas,
      budgets,
      audit,
      lifecycle,
      launchPause: pauses,
      pricing,
      clock,
      newId,
      newRunToken,
    }),
    getSession: getSession({ ...lookup, look }),
    connectSession: connectSession({
      ...lookup,
      connections: emrServerlessSessionConnections(client),
      look,
      audit,
      clock,
    }),
    openSessionSparkUi: openSessionSparkUi({ ...lookup, look, audit, clock, sparkUis }),
    extendSession: extendSession({
      ...lookup,
      settings,
      audit,
      clock,
      budgets,
      chargedOwner: chargedOwner({ people }),
    }),
    terminateSession: terminateSession({ ...lookup, lifecycle, audit, clock }),
    getSessionGrants: getSessionGrants({ ...lookup, sharing: shared }),
    putSessionGrants: putSessionGrants({ ...lookup, sharing: shared, audit, clock }),
    estimateSession: estimateSession({
      hasServerless,
      pricing,
      settings,
      foresee: foreseeBudget({ accounts, budgets: limits, clock }),
    }),
  },
  {
    ...environment,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
