import { RunJobFlowCommand, type EMRClient, type RunJobFlowCommandInput } from '@aws-sdk/client-emr';

import { AwsThrottled, EmrRefusedLaunch, LaunchUncertain, type DomainError } from '../../shared/domain/errors.ts';
import { logger } from '../runtime/logger.ts';
import { awsErrorOf } from './aws-errors.ts';

/** Older EMR operations return internal errors with status 400. */
const INTERNAL_ERRORS: ReadonlySet<string> = new Set([
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
]);

/** The portal lacks a permission; only a change of the deployment helps. */
const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
]);

/** Invalid credentials or clock skew. Credentials are renewed automatically. */
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

/** AWS's messages about access contain the portal's role and account, so they are only logged. */
const refusalOf = (name: string, message: string, status: number): DomainError => {
  const evidence = { name, message, status };
  if (DENIED.has(name)) {
    logger.error('EMR refuses the permissions of this portal', { evidence });
    return new EmrRefusedLaunch(
      'EMR denied the portal access. Contact its operators; the reason is in the log.',
      evidence,
    );
  }
  if (UNAUTHENTICATED.has(name)) {
    logger.error('EMR refuses the credentials of this portal', { evidence });
    // As for throttling, nothing was launched and a retry is safe.
    return new AwsThrottled('EMR rejected the portal’s credentials. Try again later.', evidence);
  }
  return new EmrRefusedLaunch(message, evidence);
};

/** Only an explicit refusal by EMR proves that nothing was launched. */
const launchErrorOf = (error: unknown): DomainError => {
  const known = awsErrorOf('EMR', error);
  if (known instanceof AwsThrottled) return known;
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  const status = error instanceof Error ? statusOf(error) : undefined;
  return status !== undefined && status >= 400 && status < 500 && !INTERNAL_ERRORS.has(name)
    ? refusalOf(name, message, status)
    : new LaunchUncertain(`EMR failed (${name}) and may have launched the cluster anyway.`, {
        name,
        message,
        status,
      });
};

/**
 * Calls RunJobFlow once.
 * @param client made by `emrLaunchClient`, which does not repeat a call
 * @returns the jobflow id
 * @throws AwsThrottled, EmrRefusedLaunch: nothing was launched; LaunchUncertain
 */
export const runJobFlow = async (client: EMRClient, request: RunJobFlowCommandInput): Promise<string> => {
  const { JobFlowId } = await client.send(new RunJobFlowCommand(request)).catch((error: unknown) => {
    throw launchErrorOf(error);
  });
  if (JobFlowId === undefined)
    throw new LaunchUncertain('The response of EMR has no jobflow id.', { name: request.Name });
  return JobFlowId;
};
