import { describe, expect, it } from 'vitest';

import { announceSupportEnds } from '../../../functions/upkeep/announce-support-ends.ts';
import { SEED_EMR_RELEASES, type KeptEmrRelease } from '../../../shared/domain/emr-release.ts';
import type { EmrReleaseFacts } from '../../../shared/domain/emr-release-facts.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { transferredJob } from '../../../shared/domain/transfer.ts';
import { at, BOB } from '../../fakes/cluster.ts';
import { fakeEmrReleaseRepository } from '../../fakes/fake-emr-release-repository.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { sparkJob } from '../../fakes/spark-job.ts';

/** The clock of the world says 2026-11-23 06:40. */
const IN_90_DAYS = '2027-02-21';
const IN_91_DAYS = '2027-02-22';

const release = (version: string, supportEndsOn: string | null): KeptEmrRelease & Partial<EmrReleaseFacts> => ({
  ...(SEED_EMR_RELEASES[0] as KeptEmrRelease),
  version,
  supportEndsOn,
});

const begin = (...jobs: ReturnType<typeof sparkJob>[]) => {
  const world = jobWorld(...jobs);
  const releases = fakeEmrReleaseRepository(
    release('7.13.0', null),
    release('7.10.0', IN_91_DAYS),
    release('7.9.0', IN_90_DAYS),
    release('7.5.0', '2026-11-20'),
  );
  return { ...world, releases, announce: announceSupportEnds({ ...world, releases }) };
};

describe('jobs on a release whose support ends', () => {
  it('are told to their owner from the 90th day before it on, once', async () => {
    const world = begin(sparkJob({ emrRelease: '7.10.0' }));
    expect(await world.announce()).toBe(0);
    expect(world.mailed).toEqual([]);
    world.clock.advance(24 * 60);
    expect(await world.announce()).toBe(1);
    expect(await world.announce()).toBe(0);
    world.clock.advance(100 * 24 * 60);
    expect(await world.announce()).toBe(0);
    expect(world.mailed).toMatchObject([
      {
        kind: 'release-support-ends',
        to: 'alice@example.com',
        values: {
          jobIdentifier: 'daily-report',
          emrRelease: '7.10.0',
          supportEndsOn: IN_91_DAYS,
          hasEnded: false,
        },
      },
    ]);
  });

  it('are told too where it has ended', async () => {
    const world = begin(sparkJob({ emrRelease: '7.5.0' }));
    await world.announce();
    expect(world.mailed).toMatchObject([{ values: { supportEndsOn: '2026-11-20', hasEnded: true } }]);
  });

  it('are told again for another release, and to another owner', async () => {
    const world = begin(sparkJob({ emrRelease: '7.5.0' }));
    await world.announce();
    await world.jobs.change('daily-report', (job) => ({ ...job, emrRelease: '7.9.0' }));
    await world.announce();
    await world.jobs.change('daily-report', (job) => transferredJob(job, BOB, world.clock.now()));
    await world.announce();
    expect(world.mailed.map(({ to, values }) => [to, values])).toMatchObject([
      ['alice@example.com', { emrRelease: '7.5.0' }],
      ['alice@example.com', { emrRelease: '7.9.0' }],
      [BOB.email, { emrRelease: '7.9.0' }],
    ]);
  });

  it('are not told while disabled or expired, nor where support goes on or its end is unknown', async () => {
    const world = begin(
      sparkJob({ id: 'a', identifier: 'off', emrRelease: '7.5.0', isEnabled: false }),
      sparkJob({ id: 'b', identifier: 'over', emrRelease: '7.5.0', expiredAt: at('06:00:00') }),
      sparkJob({ id: 'c', identifier: 'supported', emrRelease: '7.10.0' }),
      sparkJob({ id: 'd', identifier: 'unknown', emrRelease: '7.13.0' }),
    );
    expect(await world.announce()).toBe(0);
    expect(world.mailed).toEqual([]);
    await world.jobs.change('off', (job) => ({ ...job, isEnabled: true }));
    expect(await world.announce()).toBe(1);
  });

  it('are told with the mail in the write of the mark, over pages of jobs, whatever fails for one', async () => {
    const many = Array.from({ length: 120 }, (_, n) =>
      sparkJob({ id: `j${n}`, identifier: `job-${n}`, emrRelease: '7.5.0' }),
    );
    const world = begin(...many);
    let calls = 0;
    const announce = announceSupportEnds({
      ...world,
      deliverMails: async (job) => {
        calls += 1;
        if (calls === 1) throw new AwsThrottled('busy');
        return world.deliverMails(job);
      },
    });
    await expect(announce()).rejects.toMatchObject({ name: 'SweepFailed', handled: 119 });
    expect(world.mailed).toHaveLength(119);
    const unsent = await world.jobs.withUnsentMail();
    expect(unsent).toMatchObject([
      { supportNotice: { emrRelease: '7.5.0' }, outbox: [{ kind: 'release-support-ends' }] },
    ]);
    expect(await announce()).toBe(0);
  });

  it('needs no releases where there are no jobs', async () => {
    const world = begin();
    world.releases.all = () => Promise.reject(new Error('The upkeep may not write the first set.'));
    expect(await world.announce()).toBe(0);
  });
});
