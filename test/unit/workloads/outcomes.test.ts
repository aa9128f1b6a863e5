import { describe, expect, it } from 'vitest';

import { endingOf, type WorkloadStatus } from '../../../shared/domain/engine.ts';
import { outcomeOf } from '../../../shared/domain/run.ts';
import type { TerminationRequest } from '../../../shared/domain/workload.ts';
import { at } from '../../fakes/cluster.ts';
import { claimedJob, runningJob, runOf } from '../../fakes/spark-job.ts';

const COMPLETED = { code: 'ALL_STEPS_COMPLETED', message: '' };
const FAILURE = { code: 'STEP_FAILURE', message: '' };
const REQUEST = { code: 'USER_REQUEST', message: '' };
const by = (reason: TerminationRequest['reason']): TerminationRequest => ({ by: 'alice', reason, at: at('06:39:00') });

describe('how a cluster of EMR ended', () => {
  it.each([
    ['RUNNING', null, null],
    ['LAUNCHING', null, null],
    ['TERMINATED', COMPLETED, 'completed'],
    ['TERMINATED', REQUEST, 'stopped'],
    ['TERMINATED', null, 'stopped'],
    ['TERMINATED_WITH_ERRORS', COMPLETED, 'failed'],
  ] as const)('%s for %j is %s', (status, reason, ending) => {
    expect(endingOf('cluster', status, reason)).toBe(ending);
  });
});

describe('what the end of a run’s workload means', () => {
  const ended = (status: WorkloadStatus, reason: typeof REQUEST, termination: TerminationRequest | null = null) =>
    outcomeOf({ ...runOf(runningJob()).workload, status, reason, termination });

  it('is the engine’s word where nobody asked for it', () => {
    expect(ended('RUNNING', REQUEST)).toBeNull();
    expect(ended('TERMINATED', COMPLETED)).toBe('succeeded');
    expect(ended('TERMINATED', REQUEST)).toBe('cancelled');
    expect(ended('TERMINATED_WITH_ERRORS', FAILURE)).toBe('failed');
  });

  it('is what the request says, whatever EMR made of it', () => {
    for (const [status, reason] of [
      ['TERMINATED', REQUEST],
      ['TERMINATED', COMPLETED],
      ['TERMINATED_WITH_ERRORS', FAILURE],
    ] as const) {
      expect(ended(status, reason, by('requested'))).toBe('cancelled');
      expect(ended(status, reason, by('jobDeleted'))).toBe('cancelled');
      expect(ended(status, reason, by('timedOut'))).toBe('timedOut');
    }
  });

  it('is that it was missed where EMR never had it and nobody asked', () => {
    const givenUp = { ...runOf(claimedJob()).workload, status: 'TERMINATED', reason: REQUEST } as const;
    expect(outcomeOf(givenUp)).toBe('missed');
    expect(outcomeOf({ ...givenUp, termination: by('requested') })).toBe('cancelled');
    expect(outcomeOf({ ...givenUp, status: 'TERMINATED_WITH_ERRORS' })).toBe('failed');
  });
});
