import { describe, expect, it } from 'vitest';

import { adminEmrReleases } from '../../../functions/admin/emr-releases.ts';
import { emrReleaseBody } from '../../../shared/contract/routes/admin-releases.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { ADMIN, at, readyCluster } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeEmrReleaseRepository } from '../../fakes/fake-emr-release-repository.ts';
import { fakeSparkJobRepository } from '../../fakes/fake-spark-job-repository.ts';
import { sparkJob } from '../../fakes/spark-job.ts';
import { testClock } from '../../fakes/test-clock.ts';

const BODY = { changelogUrl: 'https://example.com/changes', helpText: 'Ask the platform team.' };

const world = () => {
  const audit = fakeAuditTrail();
  const releases = fakeEmrReleaseRepository();
  const clusters = fakeClusterRepository(readyCluster({ emrRelease: '7.10.0' }));
  const jobs = fakeSparkJobRepository(sparkJob({ emrRelease: '7.9.0' }));
  const clock = testClock(at('06:40:00'));
  const admin = adminEmrReleases({ releases, clusters, jobs, audit, clock });
  const put = (version: string, body: Record<string, unknown> = {}) =>
    admin.putEmrRelease({ version, ...emrReleaseBody.parse({ ...BODY, ...body }) }, ADMIN);
  const versions = async () => (await admin.listAllEmrReleases()).items.map(({ version }) => version);
  return { audit, clock, put, versions, remove: (version: string) => admin.deleteEmrRelease({ version }, ADMIN) };
};

describe('the releases of admins', () => {
  it('are all, newest first, the inactive and a new one too', async () => {
    const { put, versions } = world();
    await put('7.14.0', { isActive: false });
    expect((await versions()).slice(0, 3)).toEqual(['spark-8.0.0', '7.14.0', '7.13.0']);
  });

  it('have what a request leaves out from the table of known releases, else from the family', async () => {
    const { put } = world();
    expect(await put('7.14.0')).toMatchObject({ supportEndsOn: '2028-09-08', sparkVersion: '3.5.6', isActive: true });
    expect(await put('7.99.0')).toMatchObject({ supportEndsOn: null, sparkVersion: '3.5.6', pythonVersion: '3.11' });
    expect(await put('7.99.0', { sparkVersion: '3.9.9', engines: ['cluster'] })).toMatchObject({
      sparkVersion: '3.9.9',
      engines: ['cluster'],
      pythonVersion: '3.11',
    });
  });

  it('keep a change, which no later start of the portal undoes', async () => {
    const { put, versions } = world();
    const before = await versions();
    await put('7.13.0', { isActive: false, isDeprecated: true });
    expect(await versions()).toEqual(before);
    expect(await put('7.13.0', { isActive: false })).toMatchObject({ isActive: false, isDeprecated: false });
  });

  it('tell when an admin changed them, also after one was sent back as it was answered', async () => {
    const { put, clock } = world();
    const { version, ...answered } = await put('7.13.0');
    expect(answered.modifiedAt).toBe(at('06:40:00'));
    clock.advance(5);
    expect(await put(version, answered)).toEqual({ ...answered, version, modifiedAt: at('06:45:00') });
  });

  it.each([
    ['6.15.0', /too old/],
    ['8.0.0', /does not support/],
    ['latest', /without the "emr-"/],
  ])('are never %s', async (version, message) => {
    const { put, audit } = world();
    await expect(put(version)).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field: 'version', message: expect.stringMatching(message) }],
    });
    expect(audit.entries).toEqual([]);
  });

  it.each([
    [{ changelogUrl: 'javascript:alert(1)' }],
    [{ changelogUrl: 'http://example.com' }],
    [{ engines: [] }],
    [{ engines: ['lambda'] }],
    [{ supportEndsOn: 'soon' }],
    [{ isActive: 'yes' }],
    [{ flavour: 'sweet' }],
  ])('refuse %j', (body) => {
    expect(emrReleaseBody.safeParse({ ...BODY, ...body }).success).toBe(false);
  });

  it('are not deleted while a cluster or a job uses them, and the remedy is named', async () => {
    const { remove, audit } = world();
    for (const [version, use] of [
      ['7.10.0', /1 active clusters and 0 Spark jobs/],
      ['7.9.0', /0 active clusters and 1 Spark jobs\. Make it inactive/],
    ] as const)
      await expect(remove(version)).rejects.toMatchObject({ name: 'Conflict', message: expect.stringMatching(use) });
    await expect(remove('7.1.0')).rejects.toMatchObject({ name: 'NotFound' });
    expect(audit.entries).toEqual([]);
  });

  it('are deleted where nothing uses them, down to those in use', async () => {
    const { remove, versions } = world();
    for (const version of ['spark-8.0.0', '7.13.0', '7.12.0', '7.5.0']) await remove(version);
    expect(await versions()).toEqual(['7.10.0', '7.9.0']);
  });

  it('leave one over', async () => {
    const releases = fakeEmrReleaseRepository({
      ...BODY,
      version: '7.13.0',
      isActive: true,
      isExperimental: false,
      isDeprecated: false,
    });
    const admin = adminEmrReleases({
      releases,
      clusters: fakeClusterRepository(),
      jobs: fakeSparkJobRepository(),
      audit: fakeAuditTrail(),
      clock: testClock(at('06:40:00')),
    });
    await expect(admin.deleteEmrRelease({ version: '7.13.0' }, ADMIN)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('stay as they are where the change cannot be recorded', async () => {
    const { put, remove, versions, audit } = world();
    const before = await versions();
    audit.failure = new AwsFailed('DynamoDB failed.');
    await expect(put('7.14.0')).rejects.toBe(audit.failure);
    await expect(remove('7.12.0')).rejects.toBe(audit.failure);
    expect(await versions()).toEqual(before);
  });
});
