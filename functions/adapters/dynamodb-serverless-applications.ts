import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { ServerlessApplication, ServerlessApplications } from '../ports/serverless-applications.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.serverlessApplication;

export const dynamoDbServerlessApplications = (table: DynamoDbTable): ServerlessApplications => {
  const stored = dynamoDbEntity<ServerlessApplication, string>(table, {
    noun: 'EMR Serverless application',
    keyOf: (key) => ({ pk: KIND, sk: key }),
    idOf: ({ key }) => key,
  });
  return {
    async claim(key, token, now) {
      const known = await stored.find(key);
      if (known !== null) return known;
      await stored.create({ key, token, claimedAt: now, applicationId: null, version: 1 });
      return stored.get(key);
    },
    async made({ key, token }, applicationId) {
      await stored.change(key, (claim) => (claim.token === token ? { ...claim, applicationId } : claim));
    },
    replace: ({ key, token: goneToken }, token, now) =>
      stored.change(key, (claim) =>
        claim.token === goneToken ? { ...claim, token, claimedAt: now, applicationId: null } : claim,
      ),
  };
};
