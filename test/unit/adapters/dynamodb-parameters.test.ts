import { describe, expect, it } from 'vitest';

import { jobWithText, runWithText } from '../../../functions/adapters/dynamodb-parameters.ts';
import { claimedJob, runOf } from '../../fakes/spark-job.ts';

describe('stored parameters', () => {
  const job = claimedJob();
  const run = runOf(job);

  it('of a run are text, and read as they were', () => {
    expect(runWithText.encode({ ...run, parameters: { since: 1e-200 } }).parameters).toBe('{"since":1e-200}');
    expect(runWithText.encode(run)).toEqual({ ...run, parameters: '{"country":"DE"}' });
    expect(runWithText.decode(runWithText.encode(run))).toEqual(run);
  });

  it('of a job are text too, and those of its latest run', () => {
    const stored = jobWithText.encode(job);
    expect([stored.parameters, stored.latestRun?.parameters]).toEqual(['{"country":"DE"}', '{"country":"DE"}']);
    expect(jobWithText.decode(stored)).toEqual(job);
    const unrun = { ...job, latestRun: null };
    expect(jobWithText.decode(jobWithText.encode(unrun))).toEqual(unrun);
  });

  it('keep the digits of their numbers', () => {
    const text = '{"big":9223372036854775807,"rate":1.0,"list":[{"x":1e400}]}';
    expect(runWithText.encode(runWithText.decode({ ...run, parameters: text })).parameters).toBe(text);
  });
});
