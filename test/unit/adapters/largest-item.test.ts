import { describe, expect, it } from 'vitest';

import { jobWithText } from '../../../functions/adapters/dynamodb-parameters.ts';
import { parsedOutcome } from '../../../functions/adapters/notebook-outcome.ts';
import { statusReason } from '../../../shared/domain/engine.ts';
import { withMissed } from '../../../shared/domain/occurrences.ts';
import { withMailAbout } from '../../../shared/domain/run-mails.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { finishedJob, runOf } from '../../fakes/spark-job.ts';

/** Four bytes each in UTF-8. */
const long = (characters: number): string => '😀'.repeat(characters);

const largestFailure = () => {
  const text = long(100_000);
  const failure = { cell: 1, source: text, errorName: text, errorValue: text, traceback: text };
  return parsedOutcome(JSON.stringify({ status: 'failed', failure, reason: text }));
};

describe('the largest item', () => {
  it('is a job with everything at its bound, far below the 400 kB of DynamoDB', () => {
    const outcome = largestFailure();
    const parameters = { text: 'x'.repeat(31_900) };
    const reason = statusReason('STEP_FAILURE', outcome?.reason ?? '');
    let job: SparkJob = finishedJob(
      { description: long(1000), parameters },
      { parameters, outcome: 'failed', failure: outcome?.failure ?? null, reason },
    );
    for (let n = 0; n < 200; n += 1) {
      const minute = new Date(Date.parse('2026-11-24T00:00:00.000Z') + n * 900_000).toISOString();
      job = withMailAbout(job, { ...runOf(job), id: `run-${n}`, outcome: 'failed' }, minute);
      job = withMissed(job, minute, 'previousRun', minute);
    }
    const bytes = Buffer.byteLength(JSON.stringify(jobWithText.encode(job)));
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(300_000);
  });
});
