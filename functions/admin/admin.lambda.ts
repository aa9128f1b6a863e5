import { adminRoutes } from '../../shared/contract/routes/admin.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { getAnnouncement, putAnnouncement } from './announcement.ts';
import { changeDocument } from './change-document.ts';

const environment = readEnvironment([...SIGN_IN_SETTINGS, 'table']);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const documents = dynamoDbDocuments(table);
const change = changeDocument({ documents, clock });

export const handler = httpHandler(
  adminRoutes,
  {
    getAnnouncement: getAnnouncement({ documents }),
    putAnnouncement: putAnnouncement({ changeDocument: change }),
  },
  { ...environment, authenticate: authenticateBy(environment, oidcIdentityProvider(environment)) },
);
