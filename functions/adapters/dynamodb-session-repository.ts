import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import { dynamoDbExpiringRepository } from './dynamodb-expiring-repository.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

export const dynamoDbSessionRepository = (table: DynamoDbTable): SessionRepository =>
  dynamoDbExpiringRepository(table, {
    kind: TABLE_KINDS.session,
    stateOf: (session) => (isActive(session) ? 'active' : 'ended'),
  });
