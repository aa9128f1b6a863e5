import { describe, expect, it } from 'vitest';

import { rateOf } from '../../../shared/domain/cost.ts';
import { extendedBy, plannedCluster, withExpiryMail } from '../../../shared/domain/cluster.ts';
import {
  isActive,
  isExpired,
  isExpiringSoon,
  isFailed,
  isReady,
  isToTerminate,
  withWorkload,
} from '../../../shared/domain/expiring.ts';
import { ALICE, at, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { LAUNCHED_WITH } from '../../fakes/settings.ts';

const ready = readyCluster();
const ended = readyCluster({ status: 'TERMINATED', finishedAt: at('09:00:00') });
const failed = readyCluster({ status: 'TERMINATED_WITH_ERRORS', finishedAt: at('09:00:00') });
const asked = terminating(ready, { by: 'alice', reason: 'requested', at: at('09:00:00') });
const ending = readyCluster({ status: 'TERMINATING' });

describe('a cluster', () => {
  it('is planned for its lifetime, and asked for at once', () => {
    const request = { identifier: 'a', size: 3, lifetime: 8, sshKeyId: 'key', emrRelease: '7.13.0', idleHours: 2 };
    const launchSettings = { ...LAUNCHED_WITH, settingsVersion: 7 };
    const made = {
      id: 'c1',
      person: ALICE,
      now: at('06:00:00'),
      runToken: 'token',
      terms: { rate: rateOf({ ec2: 0.5 }), launchSettings },
    };
    expect(plannedCluster(request, made)).toMatchObject({
      ...request,
      ...{ id: 'c1', owner: 'alice', ownerId: 'sub-alice', ownerEmail: 'alice@example.com', version: 1 },
      ...{ createdAt: at('06:00:00'), expiresAt: at('14:00:00'), lifetimeExtensionCount: 0, outbox: [] },
      workload: {
        engine: 'cluster',
        use: 'interactive',
        rate: { hourly: 0.5 },
        launchSettings,
        launchAttemptedAt: at('06:00:00'),
      },
    });
  });

  it.each([
    ['claimed', claimedCluster(), true, false, false],
    ['starting', claimedCluster({ emrId: 'j-1', status: 'STARTING' }), true, false, false],
    ['ready', ready, true, true, false],
    ['busy', readyCluster({ status: 'RUNNING' }), true, true, false],
    ['ending', ending, true, false, false],
    ['ended', ended, false, false, false],
    ['failed', failed, false, false, true],
  ])('that is %s is active %s, ready %s, failed %s', (_, cluster, active, isUp, hasFailed) => {
    expect([isActive(cluster), isReady(cluster), isFailed(cluster)]).toEqual([active, isUp, hasFailed]);
  });

  it.each([
    [at('12:59:59'), false, false],
    [at('13:00:00'), true, false],
    [at('13:59:59'), true, false],
    [at('14:00:00'), true, true],
  ])('that expires at 14:00 does so soon and has at %s: %s, %s', (now, soon, over) => {
    expect([isExpiringSoon(ready, now), isExpired(ready, now)]).toEqual([soon, over]);
  });

  it.each([
    ['its time is not over', ready, at('13:59:59'), false],
    ['its time is over', ready, at('14:00:00'), true],
    ['its time is over and it has ended', ended, at('14:00:00'), false],
    ['EMR has not taken a request yet', asked, at('09:00:00'), true],
    ['EMR has taken it', { ...asked, workload: { ...asked.workload, status: 'TERMINATING' } }, at('09:00:00'), false],
  ] as const)('is to be terminated or not where %s', (_, cluster, now, expected) => {
    expect(isToTerminate(cluster, now)).toBe(expected);
  });

  it('is extended from its expiry on, and counts that', () => {
    expect(extendedBy(ready, 3, at('13:00:00'))).toMatchObject({
      ...{ expiresAt: at('17:00:00'), lifetimeExtensionCount: 1, modifiedAt: at('13:00:00') },
    });
  });

  it.each([
    ['ended', ended, 'TERMINATED'],
    ['is ending', ending, 'TERMINATING'],
    ['was asked to end', asked, 'WAITING'],
  ])('is not extended once it %s', (_, cluster, status) => {
    expect(() => extendedBy(cluster, 3, at('13:00:00'))).toThrow(
      expect.objectContaining({
        name: 'Conflict',
        message: `The cluster is ${status}. Only an active cluster can be extended. Launch a new one.`,
      }),
    );
  });

  it('is the same where its workload is', () => {
    expect(withWorkload(ready, (workload) => workload, at('13:00:00'))).toBe(ready);
    const changed = withWorkload(ready, (workload) => ({ ...workload, absentSweeps: 1 }), at('13:00:00'));
    expect(changed).toMatchObject({ modifiedAt: at('13:00:00'), workload: { absentSweeps: 1 } });
  });
});

describe('the mail that a cluster expires soon', () => {
  it('is sent from an hour before, once for each expiry', () => {
    expect(withExpiryMail(ready, at('12:59:59'))).toBe(ready);
    const mailed = withExpiryMail(ready, at('13:00:00'));
    expect(mailed).toMatchObject({ expiryMailedFor: at('14:00:00'), modifiedAt: at('13:00:00') });
    expect(mailed.outbox).toEqual([
      {
        id: `cluster-expires-soon-${at('14:00:00')}`,
        kind: 'cluster-expires-soon',
        to: 'alice@example.com',
        since: at('13:00:00'),
        values: { clusterId: 'c1', identifier: 'eager-curie-0001', expiresAt: at('14:00:00') },
      },
    ]);
    expect(withExpiryMail(mailed, at('13:30:00'))).toBe(mailed);
    const extended = extendedBy(mailed, 2, at('13:30:00'));
    expect(withExpiryMail(extended, at('15:00:00')).outbox).toHaveLength(2);
  });

  it.each([
    ['has expired', ready, at('14:00:00')],
    ['has ended', ended, at('13:30:00')],
    ['is ending', ending, at('13:30:00')],
    ['was asked to end', asked, at('13:30:00')],
  ])('is not sent once it %s', (_, cluster, now) => {
    expect(withExpiryMail(cluster, now)).toBe(cluster);
  });
});
