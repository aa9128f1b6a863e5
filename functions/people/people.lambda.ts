import { peopleRoutes } from '../../shared/contract/routes/people.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { dynamoDbUsageRepository } from '../adapters/dynamodb-usage-repository.ts';
import { dynamoDbUsageSums } from '../adapters/dynamodb-usage-sums.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { summedUsage } from '../access/summed-usage.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { findPeople } from './find-people.ts';
import { listPeople } from './list-people.ts';

const environment = readEnvironment(['table', ...SIGN_IN_SETTINGS]);
const clock = systemClock;
const table = dynamoDbTable(environment.table);
const documents = dynamoDbDocuments(table);
const { recentSettings } = settingsReaders({ environment, documents, clock });
const people = dynamoDbPersonRepository(table);
const reservations = dynamoDbReservationRepository(table);
const usage = summedUsage({ usage: dynamoDbUsageRepository(table), sums: dynamoDbUsageSums(table), clock });
const accounts = dynamoDbBudgetAccounts(table);

export const handler = httpHandler(
  peopleRoutes,
  {
    findPeople: findPeople({ people }),
    listPeople: listPeople({
      people,
      reservations,
      quotaRules: readQuotaRules(documents),
      usage,
      accounts,
      budgets: currentBudgets(documents),
      clock,
    }),
  },
  {
    ...environment,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
