import { SPARK_UI_DAYS } from '../../shared/domain/spark-ui.ts';
import type { SparkUi } from '../ports/spark-uis.ts';
import type { Clock } from '../runtime/clock.ts';
import { newRunToken } from '../runtime/tokens.ts';
import { dynamoDbClaimedResources } from './dynamodb-claimed-resources.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { emrClient } from './emr-client.ts';
import { emrSparkUi } from './emr-spark-ui.ts';

/** Of EMR clusters. A claim is kept for as long as EMR keeps what it stands for. */
export const clusterSparkUi = (table: DynamoDbTable, clock: Clock): SparkUi =>
  emrSparkUi({
    claims: dynamoDbClaimedResources(table, { kind: 'sparkUi', days: SPARK_UI_DAYS }),
    client: emrClient(),
    clock,
    newToken: newRunToken,
  });
