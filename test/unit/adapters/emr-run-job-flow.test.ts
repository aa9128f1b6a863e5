import { EMRClient, EMRServiceException } from '@aws-sdk/client-emr';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { runJobFlow } from '../../../functions/adapters/emr-run-job-flow.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import type { DomainError } from '../../../shared/domain/errors.ts';

const RAW = 'User: arn:aws:sts::123456789012:assumed-role/portal/run-job is not authorized';

const launchRefused = async (name: string, message = RAW): Promise<DomainError> => {
  const error = new EMRServiceException({ name, $fault: 'client', message, $metadata: { httpStatusCode: 400 } });
  const client = Object.assign(new EMRClient({ region: 'us-west-2' }), {
    send: async () => {
      throw error;
    },
  });
  return runJobFlow(client, { Name: 'a', Instances: {} }).then(
    () => expect.fail('was launched'),
    (caught: unknown) => caught as DomainError,
  );
};

describe('a launch that AWS refuses because of the portal itself', () => {
  const logged = vi.spyOn(logger, 'error').mockImplementation(() => {});
  afterEach(() => logged.mockClear());

  it.each([
    ['AccessDeniedException', 'EmrRefusedLaunch', /Contact its operators/],
    ['AccessDenied', 'EmrRefusedLaunch', /Contact its operators/],
    // Nothing was launched and another try may be made.
    ['ExpiredTokenException', 'AwsThrottled', /Try again/],
    ['UnrecognizedClientException', 'AwsThrottled', /Try again/],
    ['InvalidSignatureException', 'AwsThrottled', /Try again/],
  ])('by %s tells people nothing of its role and account, and the log everything', async (name, kind, message) => {
    const refused = await launchRefused(name);
    expect(refused).toMatchObject({ name: kind, evidence: { name, message: RAW, status: 400 } });
    expect(refused.message).toMatch(message);
    expect(refused.message).not.toMatch(/arn:|\d{12}/);
    expect(logged.mock.calls).toEqual([[expect.any(String), { evidence: { name, message: RAW, status: 400 } }]]);
  });

  it.each(['InternalFailure', 'InternalServerError', 'InternalServerException'])(
    'by %s with status 400 may have been a launch all the same',
    async (name) => {
      expect(await launchRefused(name)).toMatchObject({ name: 'LaunchUncertain', evidence: { name, status: 400 } });
    },
  );

  it('is told apart from a refusal of what was asked for', async () => {
    expect(await launchRefused('ValidationException', 'The release label is unknown')).toMatchObject({
      name: 'EmrRefusedLaunch',
      message: 'The release label is unknown',
    });
    expect(logged).not.toHaveBeenCalled();
  });
});
