import { describe, expect, it } from 'vitest';

import { parametersAsText, runWithText } from '../../../functions/adapters/dynamodb-parameters.ts';
import { claimedJob, runOf } from '../../fakes/spark-job.ts';

describe('stored parameters', () => {
  const run = runOf(claimedJob());

  it('are text, and read as they were', () => {
    expect(parametersAsText.encode({ since: 1e-200 })).toBe('{"since":1e-200}');
    expect(runWithText.encode(run)).toEqual({ ...run, parameters: '{"country":"DE"}' });
    expect(runWithText.decode(runWithText.encode(run))).toEqual(run);
  });

  it('are read also as the map that earlier versions wrote', () => {
    expect(parametersAsText.decode({ country: 'DE' })).toEqual({ country: 'DE' });
    expect(runWithText.decode(run)).toEqual(run);
  });
});
