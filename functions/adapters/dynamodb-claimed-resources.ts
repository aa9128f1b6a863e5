import { TABLE_KINDS, type TableKind } from '../../shared/contract/table.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import type { ClaimedResource, ClaimedResources } from '../ports/claimed-resources.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

interface Claims {
  readonly kind: Extract<TableKind, 'serverlessApplication' | 'sparkUi'>;
  /** Days after the claim from which the resource is certainly gone; left out: it stays. */
  readonly days?: number;
}

export const dynamoDbClaimedResources = (table: DynamoDbTable, { kind, days }: Claims): ClaimedResources => {
  const stored = dynamoDbEntity<ClaimedResource, string>(table, {
    noun: kind,
    keyOf: (key) => ({ pk: TABLE_KINDS[kind], sk: key }),
    idOf: ({ key }) => key,
    ...(days === undefined ? {} : { deletableFrom: ({ claimedAt }) => plusHours(claimedAt, 24 * days) }),
  });
  return {
    async claim(key, token, now) {
      const known = await stored.find(key);
      if (known !== null) return known;
      await stored.create({ key, token, claimedAt: now, resourceId: null, version: 1 });
      return stored.get(key);
    },
    async made({ key, token }, resourceId) {
      await stored.change(key, (claim) => (claim.token === token ? { ...claim, resourceId } : claim));
    },
    replace: ({ key, token: goneToken }, token, now) =>
      stored.change(key, (claim) =>
        claim.token === goneToken ? { ...claim, token, claimedAt: now, resourceId: null } : claim,
      ),
  };
};
