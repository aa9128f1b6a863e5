import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { BudgetNotice } from '../../shared/domain/budget-notice.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.budgetNotice;

type NoticeId = Pick<BudgetNotice, 'account' | 'period' | 'level'>;

export const dynamoDbBudgetNotices = (table: DynamoDbTable): BudgetNotices => {
  const notices = dynamoDbEntity<BudgetNotice, NoticeId>(table, {
    noun: KIND,
    keyOf: ({ account, period, level }) => ({ pk: `${KIND}#${account}`, sk: `${period}#${level}` }),
    idOf: ({ account, period, level }) => ({ account, period, level }),
    indexKeysOf: ({ outbox }) => mailKeys(KIND, outbox),
  });
  return {
    add: notices.create,
    change: notices.change,
    withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, notices.toItem),
  };
};
