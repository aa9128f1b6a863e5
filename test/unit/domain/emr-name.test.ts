import { describe, expect, it } from 'vitest';

import { newRunToken } from '../../../functions/runtime/tokens.ts';
import { emrName, runTokenIn, stepPrefix } from '../../../shared/domain/emr-name.ts';

const PARTS = { environment: 'dev', kind: 'cluster', username: 'bob@other.org', identifier: 'a-b-1' } as const;

describe('names in EMR', () => {
  it('give back the run token that they were made with', () => {
    for (let n = 0; n < 50; n += 1) {
      const runToken = newRunToken();
      expect(runTokenIn(emrName({ ...PARTS, runToken }), 'dev')).toBe(runToken);
      expect(runTokenIn(emrName({ ...PARTS, kind: 'job', runToken }), 'dev')).toBe(runToken);
    }
  });

  it('say whose it is and what, in the order that people sort by', () => {
    expect(emrName({ ...PARTS, runToken: '0123456789' })).toBe('atmo-dev-cluster-bob@other.org-a-b-1-0123456789');
    expect(stepPrefix('dev')).toBe('atmo-dev: ');
  });

  it('have an underscore for each letter that EMR refuses or that is not plain', () => {
    const runToken = '0123456789';
    expect(emrName({ ...PARTS, username: 'a<b>|$`ü+c.d_e', runToken })).toContain('-a_b_____+c.d_e-a-b-1-');
  });

  it('stay within the 256 characters of EMR, and keep their token', () => {
    const longest = { ...PARTS, username: `${'u'.repeat(300)}@x.org`, identifier: 'i'.repeat(100) };
    const name = emrName({ ...longest, environment: 'e'.repeat(20), runToken: '0123456789' });
    expect(name.length).toBeLessThanOrEqual(256);
    expect(name).toContain(`-${'u'.repeat(100)}-${'i'.repeat(100)}-0123456789`);
  });

  it.each([
    ['of another environment', 'atmo-dev-2-cluster-bob-a-b-0123456789'],
    ['of a longer environment', 'atmo-development-cluster-bob-a-b-0123456789'],
    ['of a predecessor without a token', 'atmo-dev-cluster-bob-eager-curie-0001'],
    ['with a token that has more after it', 'atmo-dev-cluster-bob-a-b-0123456789-2'],
    ['with a token that is too long', 'atmo-dev-cluster-bob-a-b-01234567890'],
    ['of another kind', 'atmo-dev-notebook-bob-a-b-0123456789'],
    ['of somebody else', 'nightly-etl'],
    ['that only resembles ours', 'my-atmo-dev-cluster-bob-a-b-0123456789'],
  ])('do not match one %s', (_what, name) => {
    expect(runTokenIn(name, 'dev')).toBeNull();
  });
});
