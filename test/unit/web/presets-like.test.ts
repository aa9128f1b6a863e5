import { describe, expect, it } from 'vitest';

import { presetsLike, type LaunchPresets } from '../../../web/features/clusters/presets-like.ts';

const PRESETS: LaunchPresets = {
  ...{ identifier: 'new', size: 1, maxSize: 30, lifetime: 8, minLifetime: 2, maxLifetime: 24 },
  ...{ idleHours: 3, minIdleHours: 1, maxIdleHours: 24, sshKeyId: 'newest', emrRelease: '7.13.0' },
  homes: { areKept: false, atMost: null },
};
const EARLIER = { identifier: 'old', size: 5, lifetime: 12, idleHours: null, sshKeyId: 'key', emrRelease: '7.10.0' };

describe('a launch like an earlier one', () => {
  it('starts with all that the earlier one had', () => {
    const choices = { sshKeys: [{ id: 'key' }], releases: [{ version: '7.10.0' }] };
    expect(presetsLike(PRESETS, EARLIER, choices)).toEqual({ ...PRESETS, ...EARLIER });
  });

  it('takes the presets for a key that is gone, a release that is not offered and a size that is not allowed', () => {
    const choices = { sshKeys: [{ id: 'newest' }], releases: [{ version: '7.13.0' }] };
    expect(presetsLike(PRESETS, { ...EARLIER, size: 31 }, choices)).toMatchObject({
      size: 30,
      sshKeyId: 'newest',
      emrRelease: '7.13.0',
    });
    expect(presetsLike({ ...PRESETS, maxSize: null }, { ...EARLIER, size: 31 }, choices).size).toBe(31);
  });
});
