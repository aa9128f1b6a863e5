import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { DocumentName, DocumentVersion } from '../../shared/domain/document.ts';
import type { Documents } from '../ports/documents.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.document;

/** Digits of a version in the sort key, so that text sorts as numbers do. */
const DIGITS = 10;

/** Each version is an item of its own, made only if it does not exist: the optimistic lock of a document. */
export const dynamoDbDocuments = (table: DynamoDbTable): Documents => {
  const partitionOf = (name: DocumentName): string => `${KIND}#${name}`;
  const versions = dynamoDbEntity<DocumentVersion<DocumentName>, { name: DocumentName; version: number }>(table, {
    noun: KIND,
    keyOf: ({ name, version }) => ({ pk: partitionOf(name), sk: String(version).padStart(DIGITS, '0') }),
    idOf: ({ name, version }) => ({ name, version }),
  });
  const newestFirst = (name: DocumentName): PartitionQuery => ({
    table,
    index: null,
    partition: partitionOf(name),
    order: 'descending',
  });
  const toVersion = <Name extends DocumentName>(stored: Parameters<typeof versions.toItem>[0]) =>
    versions.toItem(stored) as DocumentVersion<Name>;

  return {
    async newest<Name extends DocumentName>(name: Name) {
      const { items } = await pageOf(newestFirst(name), toVersion<Name>, { limit: 1 });
      return items[0] ?? null;
    },
    history: <Name extends DocumentName>(name: Name, page: Parameters<Documents['history']>[1]) =>
      pageOf(newestFirst(name), toVersion<Name>, page),
    add: (next) => versions.create(next),
  };
};
