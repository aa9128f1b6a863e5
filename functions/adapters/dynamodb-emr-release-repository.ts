import { Entity } from 'dynamodb-toolbox/entity';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { boolean, item, string } from 'dynamodb-toolbox/schema';

import { newestFirst, SEED_EMR_RELEASES, type EmrRelease } from '../../shared/domain/emr-release.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';
import { allOf, type StoredItem } from './dynamodb-query.ts';
import { holds, type DynamoDbTable } from './dynamodb-table.ts';

/** A dozen small items that are always read together. */
const PARTITION = 'emr-release';

const emrReleaseEntity = (table: DynamoDbTable) =>
  new Entity({
    name: 'EmrRelease',
    table,
    timestamps: false,
    schema: item({
      version: string().key(),
      changelogUrl: string(),
      helpText: string(),
      isActive: boolean(),
      isExperimental: boolean(),
      isDeprecated: boolean(),
    }),
    computeKey: ({ version }) => ({ pk: PARTITION, sk: version }),
  });

export const dynamoDbEmrReleaseRepository = (table: DynamoDbTable): EmrReleaseRepository => {
  const entity = emrReleaseEntity(table);
  const toRelease = (stored: StoredItem): EmrRelease => entity.build(EntityFormatter).format(stored);
  const stored = (): Promise<EmrRelease[]> =>
    allOf({ table, index: null, partition: PARTITION, order: 'ascending' }, toRelease);

  /** Whoever comes first after the deployment; two at once write the same. */
  const seed = async (): Promise<readonly EmrRelease[]> => {
    const puts = SEED_EMR_RELEASES.map((release) =>
      holds(
        entity
          .build(PutItemCommand)
          .item(release)
          .options({ condition: { attr: 'version', exists: false } })
          .send(),
      ),
    );
    await Promise.all(puts);
    return stored();
  };

  return {
    async all() {
      const releases = await stored();
      return (releases.length === 0 ? await seed() : releases).toSorted(newestFirst);
    },
  };
};
