import { paginateScan } from '@aws-sdk/lib-dynamodb';

import type { OutboxMail } from '../../shared/domain/mail.ts';
import type { Outboxes } from '../ports/outboxes.ts';
import { fromDynamoDb, type DynamoDbTable } from './dynamodb-table.ts';

/** Keys of the sparse index `outbox`: present only while a mail is to be sent, the oldest first. */
export const mailKeys = (
  kind: 'budget-notice' | 'cluster' | 'mail' | 'person' | 'session' | 'spark-job',
  mails: readonly OutboxMail[],
) => {
  const [first] = mails;
  return first === undefined ? {} : { mailKey: kind, mailSortKey: first.since };
};

/** One call instead of a query for each kind: the index holds nothing but items with a mail. */
export const dynamoDbOutboxes = ({ client, name }: DynamoDbTable): Outboxes => {
  const areEmpty = async (): Promise<boolean> => {
    // A page may be empty although another one follows.
    for await (const { Items = [] } of paginateScan({ client, pageSize: 1 }, { TableName: name, IndexName: 'outbox' }))
      if (Items.length > 0) return false;
    return true;
  };
  return { areEmpty: () => fromDynamoDb(areEmpty()) };
};
