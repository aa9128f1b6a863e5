import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { isActive, isFailed } from '../../shared/domain/expiring.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { dynamoDbExpiringRepository } from './dynamodb-expiring-repository.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

export const dynamoDbClusterRepository = (table: DynamoDbTable): ClusterRepository =>
  dynamoDbExpiringRepository(table, {
    kind: TABLE_KINDS.cluster,
    stateOf(cluster) {
      if (isActive(cluster)) return 'active';
      return isFailed(cluster) ? 'failed' : 'terminated';
    },
  });
