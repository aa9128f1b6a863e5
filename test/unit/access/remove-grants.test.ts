import { describe, expect, it, vi } from 'vitest';

import { removeGrantsOn, removeGrantsToTheGone } from '../../../functions/access/remove-grants.ts';
import type { Grantee } from '../../../shared/domain/grant.ts';
import { at, readyCluster } from '../../fakes/cluster.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { grantOnCluster, grantOnSparkJob } from '../../fakes/grant.ts';
import { sparkJob } from '../../fakes/spark-job.ts';

const cluster = (id: string) => readyCluster({ id, createdAt: at('06:00:00') });

describe('removing grants', () => {
  it('of an object leaves those of others', async () => {
    const grants = fakeGrantRepository(
      grantOnCluster(cluster('a'), 'user:sub-bob'),
      grantOnCluster(cluster('a'), 'group:analysts'),
      grantOnCluster(cluster('b'), 'user:sub-bob'),
    );
    await removeGrantsOn(grants, 'cluster', 'a');
    expect(await grants.on('cluster', 'a')).toEqual([]);
    expect(await grants.on('cluster', 'b')).toHaveLength(1);
  });

  it('of people and groups that are gone goes over all objects, and asks about each once', async () => {
    const many = Array.from({ length: 250 }, (_, number) => cluster(`c${number}`));
    const grants = fakeGrantRepository(
      ...many.map((one) => grantOnCluster(one, 'user:sub-gone')),
      ...many.slice(0, 3).map((one) => grantOnCluster(one, 'user:sub-bob')),
      grantOnSparkJob(sparkJob(), 'group:closed'),
      grantOnSparkJob(sparkJob(), 'group:analysts'),
    );
    const isGone = vi.fn(async (to: Grantee) => to === 'user:sub-gone' || to === 'group:closed');
    expect(await removeGrantsToTheGone(grants, isGone)).toBe(251);
    expect(isGone).toHaveBeenCalledTimes(4);
    expect((await grants.all('cluster', { limit: 9 })).items).toHaveLength(3);
    expect((await grants.on('sparkJob', 'job-1')).map(({ to }) => to)).toEqual(['group:analysts']);
    expect(await removeGrantsToTheGone(grants, isGone)).toBe(0);
  });
});
