import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SEED_EMR_RELEASES } from '../../../shared/domain/emr-release.ts';
import { RELEASE_LABELS } from '../../../local/emr/releases.ts';
import { bootstrapActions, startRig } from './rig.ts';

describe('what is outside EMR', () => {
  it('does not hold up clusters when it fails, but is reported', async () => {
    const rig = await startRig(undefined, {
      publish: () => Promise.reject(new Error('no bus')),
      writeLog: () => Promise.reject(new Error('no bucket')),
    });
    rig.emr.control({ failNext: 'BOOTSTRAP_FAILURE' });
    const id = await rig.launch(bootstrapActions('setup'));
    await rig.advance(5);
    for (let left = 20; left > 0; left -= 1) await turn();
    expect((await rig.describe(id)).Status?.State).toBe('TERMINATED_WITH_ERRORS');
    expect(rig.problems).toContain('local EMR: could not publish EMR Cluster State Change STARTING: no bus');
    expect(rig.problems.filter((problem) => problem.includes('no bucket'))).toHaveLength(9);
  });
});

describe('release labels', () => {
  it('include every release the portal starts with', () => {
    const seeded = SEED_EMR_RELEASES.map(({ version }) => `emr-${version}`);
    expect(seeded.filter((label) => !RELEASE_LABELS.includes(label))).toEqual([]);
    expect(seeded.length).toBeGreaterThan(0);
  });
});
