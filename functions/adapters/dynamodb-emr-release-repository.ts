import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { newestFirst, SEED_EMR_RELEASES, withFacts, type KeptEmrRelease } from '../../shared/domain/emr-release.ts';
import type { EmrReleaseFacts } from '../../shared/domain/emr-release-facts.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

/** With the facts that an admin gave. */
type StoredRelease = KeptEmrRelease & Partial<EmrReleaseFacts>;

/** A dozen small items that are always read together. */
const PARTITION = TABLE_KINDS.emrRelease;

export const dynamoDbEmrReleaseRepository = (table: DynamoDbTable): EmrReleaseRepository => {
  const releases = dynamoDbEntity<StoredRelease, string>(table, {
    noun: 'EMR release',
    keyOf: (version) => ({ pk: PARTITION, sk: version }),
    idOf: ({ version }) => version,
  });
  const stored = (): Promise<StoredRelease[]> =>
    allOf({ table, index: null, partition: PARTITION, order: 'ascending' }, releases.toItem);

  /** The first request after the deployment; two at once write the same. */
  const seed = async (): Promise<readonly StoredRelease[]> => {
    await Promise.all(SEED_EMR_RELEASES.map((release) => releases.create(release)));
    return stored();
  };

  return {
    async all() {
      const known = await stored();
      return withFacts(known.length === 0 ? await seed() : known).toSorted(newestFirst);
    },
    put: releases.put,
    delete: (version) => releases.delete(version),
  };
};
