import { rateOf } from '../../shared/domain/cost.ts';
import { plannedSession, type Session } from '../../shared/domain/session.ts';
import { ALICE, at } from './cluster.ts';
import { LAUNCHED_WITH } from './settings.ts';
import { withChanges, type Changes } from './workload.ts';

/** Alice's session, just claimed at 06:00 for eight hours. */
export const claimedSession = (changes: Changes<Session> = {}): Session =>
  withChanges(
    plannedSession(
      { name: 'keen-noether-1918', size: 4, lifetime: 8, idleMinutes: 30, emrRelease: '7.13.0' },
      {
        id: 's1',
        person: ALICE,
        now: at('06:00:00'),
        runToken: '0123456789',
        terms: { rate: rateOf({ emr: 1.5 }), launchSettings: LAUNCHED_WITH },
        release: { sparkVersion: '3.5.6', pythonVersion: '3.11' },
      },
    ),
    changes,
  );

/** The same, idle and ready. */
export const readySession = (changes: Changes<Session> = {}): Session =>
  claimedSession({
    emrId: '00app/00session',
    status: 'IDLE',
    startedAt: at('06:00:01'),
    readyAt: at('06:01:00'),
    ...changes,
  });
