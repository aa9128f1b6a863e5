import { describe, expect, it } from 'vitest';

import {
  extendedSession,
  IDLE_MINUTES,
  MAX_SESSION_HOURS,
  requireConnectable,
  withSessionExpiryMail,
} from '../../../shared/domain/session.ts';
import { endingOf } from '../../../shared/domain/engine.ts';
import { emrIdOfSession, sessionIdOf } from '../../../shared/domain/serverless-ids.ts';
import { isReady, withWorkload } from '../../../shared/domain/expiring.ts';
import type { EmrObservation } from '../../../shared/domain/emr-observation.ts';
import { reconciled } from '../../../shared/domain/observed-workload.ts';
import { terminationRequested } from '../../../shared/domain/workload.ts';
import { at } from '../../fakes/cluster.ts';
import { claimedSession, readySession } from '../../fakes/session.ts';

const ready = readySession();
const conflict = (message: RegExp): unknown =>
  expect.objectContaining({ name: 'Conflict', message: expect.stringMatching(message) as string });

const seenAs = (state: EmrObservation['state'], observedAt: string): EmrObservation => ({
  emrId: '00app/00session',
  runToken: '0123456789',
  state,
  reason: null,
  createdAt: at('06:00:01'),
  readyAt: null,
  finishedAt: null,
  masterAddress: null,
  normalizedInstanceHours: null,
  billed: null,
  observedAt,
});

describe('a session', () => {
  it('is planned for its lifetime, on the engine of sessions', () => {
    expect(claimedSession()).toMatchObject({
      sparkVersion: '3.5.6',
      pythonVersion: '3.11',
      expiresAt: at('14:00:00'),
      workload: { engine: 'connect', use: 'interactive', status: 'LAUNCHING', launchAttemptedAt: at('06:00:00') },
    });
  });

  it.each(['STARTED', 'IDLE', 'BUSY'] as const)('is ready from the first time on that EMR says %s', (state) => {
    const starting = reconciled(claimedSession().workload, seenAs('STARTING', at('06:00:30')));
    expect(starting.readyAt).toBeNull();
    const running = reconciled(starting, seenAs(state, at('06:01:00')));
    expect(running).toMatchObject({ status: state, readyAt: at('06:01:00') });
    expect(isReady({ workload: running })).toBe(true);
    expect(reconciled(running, seenAs('BUSY', at('06:05:00')))).toMatchObject({
      status: 'BUSY',
      readyAt: at('06:01:00'),
    });
  });

  it.each([
    ['TERMINATED', 'stopped'],
    ['FAILED', 'failed'],
  ] as const)('that EMR calls %s is %s', (state, ending) => {
    expect(endingOf('connect', state, null)).toBe(ending);
  });

  it('is named in EMR Serverless by its application and its id', () => {
    const emrId = emrIdOfSession({ applicationId: '00app', sessionId: '00session' });
    expect(sessionIdOf(emrId)).toEqual({ applicationId: '00app', sessionId: '00session' });
  });

  it('is extended within the hours that EMR Serverless gives it', () => {
    expect(extendedSession(ready, 16, at('07:00:00'))).toMatchObject({
      expiresAt: '2026-11-24T06:00:00.000Z',
      lifetimeExtensionCount: 1,
    });
    expect(() => extendedSession(ready, 17, at('07:00:00'))).toThrow(
      conflict(/ends a session 24 hours after its start, and this one has 8 already/),
    );
    expect(IDLE_MINUTES.max).toBe(MAX_SESSION_HOURS * 60);
  });

  it('is not extended once it ends', () => {
    const ended = readySession({ status: 'TERMINATED', finishedAt: at('07:00:00') });
    expect(() => extendedSession(ended, 2, at('08:00:00'))).toThrow(conflict(/^The session is TERMINATED/));
  });

  it('is connected to only while it is ready', () => {
    expect(requireConnectable(ready)).toBeUndefined();
    const asked = withWorkload(
      ready,
      (workload) => terminationRequested(workload, { by: 'alice', reason: 'requested', at: at('07:00:00') }),
      at('07:00:00'),
    );
    for (const session of [claimedSession(), readySession({ status: 'TERMINATING' }), asked])
      expect(() => {
        requireConnectable(session);
      }).toThrow(conflict(/^The session is/));
  });

  it('mails its owner an hour before it expires, once for each expiry', () => {
    expect(withSessionExpiryMail(ready, at('12:59:59'))).toBe(ready);
    const mailed = withSessionExpiryMail(ready, at('13:00:00'));
    expect(mailed.outbox).toEqual([
      {
        id: `session-expires-soon-${at('14:00:00')}`,
        kind: 'session-expires-soon',
        to: 'alice@example.com',
        since: at('13:00:00'),
        values: { sessionId: 's1', name: 'keen-noether-1918', expiresAt: at('14:00:00') },
      },
    ]);
    expect(withSessionExpiryMail(mailed, at('13:30:00'))).toBe(mailed);
  });
});
