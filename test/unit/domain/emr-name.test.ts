import { describe, expect, it } from 'vitest';

import { newRunToken } from '../../../functions/runtime/tokens.ts';
import { emrName, runTokenIn } from '../../../shared/domain/emr-name.ts';

const PARTS = { environment: 'dev', kind: 'cluster', username: 'bob@other.org', identifier: 'a-b-1' } as const;

describe('names in EMR', () => {
  it('give back the run token that they were made with', () => {
    for (let n = 0; n < 50; n += 1) {
      const runToken = newRunToken();
      expect(runTokenIn(emrName({ ...PARTS, runToken }), 'dev')).toBe(runToken);
      expect(runTokenIn(emrName({ ...PARTS, kind: 'job', runToken }), 'dev')).toBe(runToken);
    }
  });

  it.each([
    ['of another environment', 'atmo-dev-2-cluster-bob-a-b-0123456789'],
    ['of a longer environment', 'atmo-development-cluster-bob-a-b-0123456789'],
    ['of a predecessor without a token', 'atmo-dev-cluster-bob-eager-curie-0001'],
    ['of somebody else', 'nightly-etl'],
    ['that only resembles ours', 'my-atmo-dev-cluster-bob-a-b-0123456789'],
  ])('do not match one %s', (_what, name) => {
    expect(runTokenIn(name, 'dev')).toBeNull();
  });
});
