import { RunJobFlowCommand, type EMRClient, type RunJobFlowCommandInput } from '@aws-sdk/client-emr';

import { AwsThrottled, EmrRefusedLaunch, LaunchUncertain, type DomainError } from '../../shared/domain/errors.ts';
import { logger } from '../runtime/logger.ts';
import { awsErrorOf } from './aws-errors.ts';

/** The older half of EMR's API answers an internal error with status 400. */
const INTERNAL_ERRORS: ReadonlySet<string> = new Set([
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
]);

/** This portal may not do what it must; only a change of the deployment's settings helps. */
const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
]);

/** AWS did not even know who asks: old credentials, or a clock that differs. New ones come by themselves. */
const UNAUTHENTICATED: ReadonlySet<string> = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

const statusOf = (error: Error): number | undefined => {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status: unknown =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return typeof status === 'number' ? status : undefined;
};

/** AWS's own words about the portal's access name its role and account: they are for the log alone. */
const refusalOf = (name: string, message: string, status: number): DomainError => {
  const evidence = { name, message, status };
  if (DENIED.has(name)) {
    logger.error('EMR refuses the permissions of this portal', { evidence });
    return new EmrRefusedLaunch(
      'EMR refuses the permissions of this portal itself. Tell the people who run it; the reason is in its log.',
      evidence,
    );
  }
  if (UNAUTHENTICATED.has(name)) {
    logger.error('EMR refuses the credentials of this portal', { evidence });
    // As where it was throttled, nothing was launched and another try may be made.
    return new AwsThrottled(
      'EMR does not take the credentials of this portal at the moment. Try again later.',
      evidence,
    );
  }
  return new EmrRefusedLaunch(message, evidence);
};

/** Whether EMR certainly launched nothing is all that counts: only its own refusal says so. */
const launchErrorOf = (error: unknown): DomainError => {
  const known = awsErrorOf('EMR', error);
  if (known instanceof AwsThrottled) return known;
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  const status = error instanceof Error ? statusOf(error) : undefined;
  return status !== undefined && status >= 400 && status < 500 && !INTERNAL_ERRORS.has(name)
    ? refusalOf(name, message, status)
    : new LaunchUncertain(`EMR failed (${name}) and may have launched the cluster all the same.`, {
        name,
        message,
        status,
      });
};

/**
 * Asks EMR for a cluster, once.
 * @param client made by `emrLaunchClient`, which does not repeat a call
 * @returns the jobflow id
 * @throws AwsThrottled, EmrRefusedLaunch: nothing was launched; LaunchUncertain
 */
export const runJobFlow = async (client: EMRClient, request: RunJobFlowCommandInput): Promise<string> => {
  const { JobFlowId } = await client.send(new RunJobFlowCommand(request)).catch((error: unknown) => {
    throw launchErrorOf(error);
  });
  if (JobFlowId === undefined) throw new LaunchUncertain('EMR answered without a jobflow id.', { name: request.Name });
  return JobFlowId;
};
