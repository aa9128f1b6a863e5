import { describe, expect, it } from 'vitest';

import { awsErrorOf } from '../../../functions/adapters/aws-errors.ts';

const sdkError = (name: string, more: object = {}): Error =>
  Object.assign(new Error('no'), { name, $metadata: {}, $fault: 'client', ...more });

describe('an error of the SDK', () => {
  it('that AWS marks as throttling is AwsThrottled, whatever its name', () => {
    const marked = sdkError('SomeNewException', { $retryable: { throttling: true } });
    expect(awsErrorOf('EMR', marked)).toMatchObject({ name: 'AwsThrottled' });
  });

  it.each([{ throttling: false }, {}, undefined])('that may be repeated (%j) is AwsFailed', ($retryable) => {
    expect(awsErrorOf('EMR', sdkError('SomeNewException', { $retryable }))).toMatchObject({ name: 'AwsFailed' });
  });
});
