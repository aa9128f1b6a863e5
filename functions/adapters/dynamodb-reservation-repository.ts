import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { noReservations, type Reservations } from '../../shared/domain/reservations.ts';
import type { ReservationRepository } from '../ports/reservation-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.reservations;

export const dynamoDbReservationRepository = (table: DynamoDbTable): ReservationRepository => {
  const stored = dynamoDbEntity<Reservations, string>(table, {
    noun: KIND,
    keyOf: (ownerId) => ({ pk: `${KIND}#${ownerId}`, sk: KIND }),
    idOf: ({ ownerId }) => ownerId,
    indexKeysOf: ({ ownerId, held }) =>
      held.some(({ openSince }) => openSince !== null) ? { activeKey: KIND, activeSortKey: ownerId } : {},
  });
  return {
    of: async (ownerId) => (await stored.find(ownerId)) ?? noReservations(ownerId),
    async change(ownerId, change) {
      try {
        return await stored.change(ownerId, change);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        // Two requests may create it at once: the change applies to the item that exists then.
        await stored.create(noReservations(ownerId));
        return stored.change(ownerId, change);
      }
    },
    open: () => allOf({ table, index: 'active', partition: KIND, order: 'ascending' }, stored.toItem),
  };
};
