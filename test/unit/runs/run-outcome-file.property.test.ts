import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MOST_BYTES, parsedOutcome } from '../../../functions/adapters/notebook-outcome.ts';
import { parsedProgress } from '../../../functions/adapters/notebook-progress.ts';
import { bytesOf } from '../../../shared/domain/bounded-text.ts';
import { anyText, holds } from '../properties.ts';

const long = anyText.chain((text) => fc.constantFrom(1, 1, 5000).map((times) => text.repeat(times)));

/** Numbers as a file may hold them, beyond what JavaScript and DynamoDB have. */
const number = fc.constantFrom('0', '7', '-1', '1.5', '1e400', '-1e400', '1e200', '1e-200', '9007199254740993');
const value = fc.oneof(
  number,
  long.map((text) => JSON.stringify(text)),
  fc.json(),
);

const objectOf = (...names: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(...names.map(() => value)).map((values) => `{${names.map((name, at) => `"${name}":${values[at]}`).join()}}`);

const outcome = fc
  .tuple(
    fc.constantFrom('"succeeded"', '"failed"', '"timedOut"', '"notExecuted"', '"other"', 'null'),
    fc.oneof({ weight: 4, arbitrary: objectOf('cell', 'source', 'errorName', 'errorValue', 'traceback') }, value),
    value,
  )
  .map(([status, failure, reason]) => `{"status":${status},"failure":${failure},"reason":${reason}}`);

describe('what a notebook can write in the place of the runner', () => {
  it('is no outcome, or one that can be stored', () => {
    holds(
      fc.property(fc.oneof(outcome, fc.json(), anyText), (text) => {
        const read = parsedOutcome(text);
        if (read === null) return;
        const { failure, reason } = read;
        // DynamoDB takes no number beyond 1e126, and not as many digits as JSON may have.
        expect(failure?.cell ?? 0).toSatisfy(Number.isSafeInteger);
        const texts = [reason, failure?.source, failure?.errorName, failure?.errorValue, failure?.traceback];
        for (const each of texts) expect(bytesOf(each ?? '')).toBeLessThanOrEqual(MOST_BYTES.traceback + bytesOf('…'));
      }),
      1000,
    );
  });

  it('is no progress, or one in whole numbers and times', () => {
    holds(
      fc.property(fc.oneof(objectOf('cell', 'cells', 'startedAt', 'uploadingSince'), anyText), (text) => {
        const { cell, cells, startedAt, uploadingSince } = parsedProgress(text) ?? {};
        for (const each of [cell, cells])
          expect(each ?? 0).toSatisfy((count: number) => Number.isSafeInteger(count) && count >= 0);
        for (const each of [startedAt, uploadingSince]) expect(new Date(each ?? 0).getTime()).not.toBeNaN();
      }),
      500,
    );
  });
});
