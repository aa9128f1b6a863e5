import { portalRoutes } from '../../shared/contract/routes/portal.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbHealthCheck } from '../adapters/dynamodb-health-check.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { dynamoDbUsageRepository } from '../adapters/dynamodb-usage-repository.ts';
import { dynamoDbUsageSums } from '../adapters/dynamodb-usage-sums.ts';
import { budgetOf } from '../access/budget-of.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { summedUsage } from '../access/summed-usage.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { personOf } from '../sign-in/person-of.ts';
import { sessionCookies } from '../sign-in/session-cookies.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { completeSignIn } from '../sign-in/complete-sign-in.ts';
import { getHeartbeat } from './get-heartbeat.ts';
import { getMe } from './get-me.ts';
import { getMyUsage } from './get-my-usage.ts';
import { getOpenApi } from './get-open-api.ts';
import { getVersion } from './get-version.ts';
import { NEWS } from './news-file.ts';
import { getNews, hasUnreadNews, seeNews } from './news.ts';
import { reportLimit } from './report-limit.ts';
import { takeBrowserError, takeCspReports } from './take-reports.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { signInHealthCheck } from '../sign-in/sign-in-health-check.ts';
import { signOut } from '../sign-in/sign-out.ts';

const environment = readEnvironment([
  'table',
  'environment',
  'region',
  'version',
  'commit',
  'mailFrom',
  ...SIGN_IN_SETTINGS,
]);
const { publicUrl, version, commit } = environment;
const provider = oidcIdentityProvider(environment);
const cookies = sessionCookies(environment);
const table = dynamoDbTable(environment.table);
const clock = systemClock;
const documents = dynamoDbDocuments(table);
const { settings, recentSettings } = settingsReaders({ environment, documents, clock });
const people = dynamoDbPersonRepository(table);
const budget = budgetOf({ accounts: dynamoDbBudgetAccounts(table), budgets: currentBudgets(documents), clock });
const usage = summedUsage({ usage: dynamoDbUsageRepository(table), sums: dynamoDbUsageSums(table), clock });
const reports = { limit: reportLimit(clock), publicUrl };
const checks = [dynamoDbHealthCheck(table), signInHealthCheck(environment.oidcJwksUrl)];

export const handler = httpHandler(
  portalRoutes,
  {
    signIn: signIn({ provider, cookies }),
    completeSignIn: completeSignIn({
      provider,
      cookies,
      personOf: personOf({ ...environment, settings }),
      people,
      clock,
    }),
    signOut: signOut({ provider, cookies }),
    getMe: getMe({
      ...environment,
      documents,
      settings,
      hasUnreadNews: hasUnreadNews({ news: NEWS, people }),
      budgetOf: budget,
    }),
    getMyUsage: getMyUsage({ usage, clock, budgetOf: budget }),
    getNews: getNews({ news: NEWS, people }),
    seeNews: seeNews({ news: NEWS, people, clock }),
    reportBrowserError: takeBrowserError(reports),
    reportCspViolations: takeCspReports(reports),
    getOpenApi: getOpenApi({ version, publicUrl, sessionCookie: cookies.sessionName }),
    getVersion: getVersion({ source: '', version, commit, build: '' }),
    getHeartbeat: getHeartbeat({ checks }),
    getLoadBalancerHeartbeat: async () => ({}),
  },
  { ...environment, authenticate: authenticateBy({ environment, provider, recentSettings, clock }) },
);
