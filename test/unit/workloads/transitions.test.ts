import { describe, expect, it } from 'vitest';

import type { EmrState } from '../../../shared/domain/engine.ts';
import type { EmrObservation } from '../../../shared/domain/emr-observation.ts';
import { reconciled } from '../../../shared/domain/observed-workload.ts';
import {
  absentFromSweep,
  closed,
  endedUnlaunched,
  isUnlaunched,
  launchAttempted,
  launchClaimedAgain,
  launched,
  launchRefused,
  launchWithdrawn,
  needsTermination,
  phaseOf,
  terminationRequested,
  terminationTaken,
  type TerminationRequest,
  type Workload,
} from '../../../shared/domain/workload.ts';
import { at, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { claimedJob, runningJob, runOf, seen } from '../../fakes/spark-job.ts';

const NOW = at('06:40:00');
const TOKEN = '0123456789';
const ALICE: TerminationRequest = { by: 'alice', reason: 'requested', at: NOW };
const REASON = { code: 'USER_REQUEST', message: 'Deleted.' };

/** The workloads of a cluster and of a run, claimed and running. */
const owners = [
  ['a cluster', claimedCluster().workload, readyCluster().workload, 'WAITING'],
  ['a run', runOf(claimedJob()).workload, runOf(runningJob()).workload, 'RUNNING'],
] as const satisfies readonly (readonly [string, Workload, Workload, EmrState])[];

describe.each(owners)('the workload of %s', (_owner, claimed, running, ready) => {
  const withdrawn: Workload = { ...claimed, launchAttemptedAt: null };
  const starting: Workload = { ...claimed, emrId: 'j-1', status: 'STARTING', startedAt: at('06:00:01') };
  const ending: Workload = { ...running, status: 'TERMINATING' };
  const ended: Workload = { ...running, status: 'TERMINATED', finishedAt: at('06:30:00') };
  const givenUp: Workload = { ...claimed, status: 'TERMINATED', finishedAt: at('06:30:00') };
  const all = { withdrawn, claimed, starting, running, ending, ended, givenUp };
  type Stage = keyof typeof all;

  it.each([
    ['withdrawn', 'waiting'],
    ['claimed', 'starting'],
    ['starting', 'starting'],
    ['running', 'running'],
    ['ending', 'ending'],
    ['ended', 'ended'],
    ['givenUp', 'ended'],
  ] as const)('has a phase that no engine defines: %s is %s', (stage, phase) => {
    expect(phaseOf(all[stage])).toBe(phase);
    expect(isUnlaunched(all[stage])).toBe(phase === 'waiting');
  });

  const transitions: readonly (readonly [
    string,
    (workload: Workload) => Workload,
    Partial<Record<Stage, Partial<Workload>>>,
  ])[] = [
    [
      'launched',
      (workload) => launched(workload, TOKEN, 'j-1', NOW),
      {
        withdrawn: { emrId: 'j-1', status: 'STARTING', startedAt: NOW },
        claimed: { emrId: 'j-1', status: 'STARTING', startedAt: NOW },
      },
    ],
    [
      'launched by a late answer, under an earlier token',
      (workload) => launched(workload, 'earlier000', 'j-1', NOW),
      {},
    ],
    [
      'whose launch is withdrawn',
      (workload) => launchWithdrawn(workload, TOKEN),
      { withdrawn: {}, claimed: { launchAttemptedAt: null } },
    ],
    ['whose launch is withdrawn by a late answer', (workload) => launchWithdrawn(workload, 'earlier000'), {}],
    [
      'refused by EMR',
      (workload) => launchRefused(workload, TOKEN, 'no such release', NOW),
      Object.fromEntries(
        ['withdrawn', 'claimed'].map((stage) => [
          stage,
          {
            status: 'TERMINATED_WITH_ERRORS',
            reason: { code: 'VALIDATION_ERROR', message: 'no such release' },
            finishedAt: NOW,
          },
        ]),
      ),
    ],
    ['refused by a late answer', (workload) => launchRefused(workload, 'earlier000', 'no such release', NOW), {}],
    [
      'given up before EMR had it',
      (workload) => endedUnlaunched(workload, NOW),
      Object.fromEntries(
        ['withdrawn', 'claimed'].map((stage) => [
          stage,
          {
            status: 'TERMINATED',
            reason: { code: 'USER_REQUEST', message: 'Terminated before EMR launched it.' },
            finishedAt: NOW,
          },
        ]),
      ),
    ],
    [
      'asked to end',
      (workload) => terminationRequested(workload, ALICE),
      {
        withdrawn: {
          termination: ALICE,
          status: 'TERMINATED',
          reason: { code: 'USER_REQUEST', message: 'Terminated before EMR launched it.' },
          finishedAt: NOW,
        },
        claimed: { termination: ALICE },
        starting: { termination: ALICE },
        running: { termination: ALICE },
        ending: { termination: ALICE },
      },
    ],
    [
      'whose termination EMR has taken',
      (workload) => terminationTaken(workload, 'j-1'),
      { starting: { status: 'TERMINATING' }, running: { status: 'TERMINATING' } },
    ],
    ['whose termination EMR has taken under another id', (workload) => terminationTaken(workload, 'j-9'), {}],
    [
      'launched again',
      (workload) => launchClaimedAgain(workload, claimed, 'fresh00000', NOW),
      { claimed: { runToken: 'fresh00000', launchAttemptedAt: NOW } },
    ],
    [
      'absent from a sweep',
      absentFromSweep,
      Object.fromEntries(
        ['withdrawn', 'claimed', 'starting', 'running', 'ending'].map((stage) => [stage, { absentSweeps: 1 }]),
      ),
    ],
    [
      'closed with what holds it',
      (workload) => closed(workload, REASON, NOW),
      Object.fromEntries(
        ['withdrawn', 'claimed', 'starting', 'running', 'ending'].map((stage) => [
          stage,
          { status: 'TERMINATED', reason: REASON, finishedAt: NOW },
        ]),
      ),
    ],
  ];

  describe.each(transitions)('%s', (_what, transition, changes) => {
    it.each(Object.keys(all) as Stage[])('as it should be where it is %s', (stage) => {
      const before = all[stage];
      expect(transition(before)).toEqual({ ...before, ...changes[stage] });
      if (changes[stage] === undefined) expect(transition(before)).toBe(before);
    });
  });

  it('is launched again only where nobody asked EMR since', () => {
    const askedSince = { ...claimed, launchAttemptedAt: NOW };
    expect(launchClaimedAgain(askedSince, claimed, 'fresh00000', NOW)).toBe(askedSince);
    expect(launchAttempted({ ...withdrawn, absentSweeps: 3 }, NOW)).toEqual({
      ...withdrawn,
      launchAttemptedAt: NOW,
      absentSweeps: 0,
    });
  });

  it('gets its start from the answer to the launch where an event came before it', () => {
    const byEvent = { ...starting, startedAt: null };
    expect(launched(byEvent, TOKEN, 'j-1', NOW)).toEqual({ ...byEvent, startedAt: NOW });
    expect(launched(byEvent, TOKEN, 'j-9', NOW)).toBe(byEvent);
  });

  it('keeps the first request to end it, and needs EMR until that is taken', () => {
    const asked = terminationRequested(running, ALICE);
    expect(terminationRequested(asked, { ...ALICE, by: 'bob' })).toBe(asked);
    expect(
      [running, asked, terminationTaken(asked, 'j-1'), { ...asked, status: 'TERMINATED' as const }].map(
        needsTermination,
      ),
    ).toEqual([false, true, false, false]);
  });

  const observation = (state: EmrState, changes: Partial<EmrObservation> = {}) => seen(state, changes);

  it.each([
    ['withdrawn', 'STARTING', true],
    ['claimed', 'STARTING', true],
    ['claimed', 'TERMINATED', true],
    ['starting', 'BOOTSTRAPPING', true],
    ['starting', 'TERMINATED_WITH_ERRORS', true],
    ['running', 'BOOTSTRAPPING', false],
    ['running', 'TERMINATING', true],
    ['ending', 'RUNNING', false],
    ['ending', 'TERMINATED', true],
    ['ended', 'TERMINATED_WITH_ERRORS', false],
    ['ended', 'RUNNING', false],
    ['givenUp', 'STARTING', false],
  ] as const)('that is %s may be %s: %s', (stage, state, moves) => {
    const { status } = reconciled(all[stage], observation(state));
    expect(status).toBe(moves ? state : all[stage].status);
  });

  it.each(['claimed', 'starting', 'running'] as const)('takes no news of another one where it is %s', (stage) => {
    const other = { emrId: 'j-9', runToken: 'earlier000' };
    expect(reconciled(all[stage], observation('TERMINATED', other))).toBe(all[stage]);
  });

  it('knows by its token what EMR launched, never by an id alone', () => {
    const adopted = reconciled(claimed, observation('STARTING', { createdAt: at('06:00:30') }));
    expect(adopted).toMatchObject({ emrId: 'j-1', status: 'STARTING', startedAt: at('06:00:30') });
    expect(reconciled(claimed, observation('STARTING', { runToken: null }))).toBe(claimed);
    // An event of a step carries no name; the id is enough for what is known.
    expect(reconciled(starting, observation('RUNNING', { runToken: null })).status).toBe('RUNNING');
  });

  it('learns when it was ready, once', () => {
    const first = reconciled(starting, observation(ready, { observedAt: at('06:08:00') }));
    expect(first).toMatchObject({ status: ready, readyAt: at('06:08:00') });
    expect(reconciled(first, observation(ready, { observedAt: NOW })).readyAt).toBe(at('06:08:00'));
    expect(reconciled(starting, observation('BOOTSTRAPPING')).readyAt).toBeNull();
  });

  it('is not made busy again by an event of the second in which it became ready, or of before', () => {
    const isReady: Workload = { ...running, status: ready, readyAt: at('06:08:00') };
    const other = ready === 'WAITING' ? 'RUNNING' : 'WAITING';
    for (const observedAt of [at('06:07:59'), at('06:08:00')])
      expect(reconciled(isReady, observation(other, { observedAt })).status).toBe(ready);
    expect(reconciled(isReady, observation(other, { observedAt: at('06:08:01') })).status).toBe(other);
  });

  it('ends with EMR’s reason and time, and counts from anew the sweeps that lacked it', () => {
    const reason = { code: 'STEP_FAILURE', message: 'Shut down as step failed' };
    const end = reconciled(
      { ...running, absentSweeps: 2 },
      observation('TERMINATED_WITH_ERRORS', { reason, finishedAt: at('06:39:00') }),
    );
    expect(end).toMatchObject({ reason, finishedAt: at('06:39:00'), absentSweeps: 0 });
    expect(reconciled(running, observation('TERMINATED')).finishedAt).toBe(NOW);
  });

  it('learns its normalized hours after its end, and forgets neither them nor its reason', () => {
    const hours = reconciled({ ...ended, reason: REASON }, observation('TERMINATED', { normalizedInstanceHours: 4 }));
    expect(hours).toMatchObject({ status: 'TERMINATED', normalizedInstanceHours: 4, reason: REASON });
    expect(reconciled(hours, observation('TERMINATED'))).toBe(hours);
    const reasoned = { ...running, reason: REASON };
    expect(reconciled(reasoned, observation('TERMINATING')).reason).toEqual(REASON);
  });

  it('goes down, however late that is told', () => {
    const isReady: Workload = { ...running, status: ready, readyAt: at('06:08:00') };
    expect(reconciled(isReady, observation('TERMINATING', { observedAt: at('06:07:00') })).status).toBe('TERMINATING');
  });

  it('is the same object where EMR says nothing new', () => {
    expect(reconciled(running, observation(running.status as EmrState))).toBe(running);
  });
});
