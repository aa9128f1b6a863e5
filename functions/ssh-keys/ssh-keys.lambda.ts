import { adminSshKeyRoutes } from '../../shared/contract/routes/admin-lists.ts';
import { sshKeyRoutes } from '../../shared/contract/routes/ssh-keys.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbSshKeyRepository } from '../adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { sshpkPublicKeyParser } from '../adapters/sshpk-public-key-parser.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { quotaReservations } from '../access/quota-reservations.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { addSshKey } from './add-ssh-key.ts';
import { deleteSshKey } from './delete-ssh-key.ts';
import { getRawSshKey } from './get-raw-ssh-key.ts';
import { getSshKey } from './get-ssh-key.ts';
import { listAllSshKeys } from './list-all-ssh-keys.ts';
import { listSshKeys } from './list-ssh-keys.ts';

const environment = readEnvironment(['table', ...SIGN_IN_SETTINGS]);
const clock = systemClock;
const table = dynamoDbTable(environment.table);
const documents = dynamoDbDocuments(table);
const { recentSettings } = settingsReaders({ environment, documents, clock });
const audit = dynamoDbAuditTrail(table);
const sshKeys = dynamoDbSshKeyRepository(table);
const quotas = quotaReservations({
  reservations: dynamoDbReservationRepository(table),
  quotaRules: readQuotaRules(documents),
  clock,
});

export const handler = httpHandler(
  { ...sshKeyRoutes, ...adminSshKeyRoutes },
  {
    listAllSshKeys: listAllSshKeys({ sshKeys, clock }),
    listSshKeys: listSshKeys({ sshKeys }),
    addSshKey: addSshKey({ sshKeys, quotas, audit, parsePublicKey: sshpkPublicKeyParser, clock }),
    getSshKey: getSshKey({ sshKeys }),
    getRawSshKey: getRawSshKey({ sshKeys }),
    deleteSshKey: deleteSshKey({ sshKeys, quotas, audit, clock }),
  },
  {
    ...environment,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
