import { describe, expect, it } from 'vitest';

import { endReason } from '../../../web/components/termination-in-words.ts';

const told = (of: Parameters<typeof endReason>[0]): readonly string[] => endReason(of).map(({ value }) => value);

const FAILURE = { code: 'BOOTSTRAP_FAILURE', message: 'A bootstrap action failed.' } as const;

describe('why a workload ended', () => {
  it('is what AWS said, or who terminated it', () => {
    expect(told({ isActive: false, termination: null, statusReason: FAILURE })).toEqual([FAILURE.message]);
    const termination = { by: 'alice', reason: 'requested', at: '2026-11-23T06:00:00.000Z' } as const;
    expect(told({ isActive: false, termination, statusReason: FAILURE })).toEqual(['Terminated by alice.']);
  });

  it('is told before it has, where somebody asked for it', () => {
    const termination = { by: 'atmo', reason: 'expired', at: '2026-11-23T06:00:00.000Z' } as const;
    expect(told({ isActive: true, termination, statusReason: null })).toEqual(['Terminated at its expiry.']);
  });

  it('is not told while it runs on, or where nobody knows', () => {
    expect(told({ isActive: true, termination: null, statusReason: FAILURE })).toEqual([]);
    expect(told({ isActive: false, termination: null, statusReason: null })).toEqual([]);
  });
});
