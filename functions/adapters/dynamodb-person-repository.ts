import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { firstSeen, seenAgain, type PersonRecord } from '../../shared/domain/person.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.person;

export const dynamoDbPersonRepository = (table: DynamoDbTable): PersonRepository => {
  const people = dynamoDbEntity<PersonRecord, string>(table, {
    noun: KIND,
    keyOf: (id) => ({ pk: `${KIND}#${id}`, sk: KIND }),
    idOf: ({ id }) => id,
    indexKeysOf: ({ id, username }) => ({ kindKey: KIND, sortKey: `${username}#${id}` }),
  });

  return {
    get: people.get,
    async seen(person, now) {
      const record = firstSeen(person, now);
      if (await people.create(record)) return record;
      return people.change(person.id, (known) => seenAgain(known, person, now));
    },
  };
};
