import { RunJobFlowCommand, type EMRClient, type RunJobFlowCommandInput } from '@aws-sdk/client-emr';

import { AwsThrottled, EmrRefusedLaunch, LaunchUncertain, type DomainError } from '../../shared/domain/errors.ts';
import { awsErrorOf } from './aws-errors.ts';

/** The older half of EMR's API answers an internal error with status 400. */
const INTERNAL_ERRORS: ReadonlySet<string> = new Set([
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
]);

const statusOf = (error: Error): number | undefined => {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status: unknown =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return typeof status === 'number' ? status : undefined;
};

/** Whether EMR certainly launched nothing is all that counts: only its own refusal says so. */
const launchErrorOf = (error: unknown): DomainError => {
  const known = awsErrorOf('EMR', error);
  if (known instanceof AwsThrottled) return known;
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  const status = error instanceof Error ? statusOf(error) : undefined;
  const evidence = { name, message, status };
  const isRefusal = status !== undefined && status >= 400 && status < 500 && !INTERNAL_ERRORS.has(name);
  return isRefusal
    ? new EmrRefusedLaunch(message, evidence)
    : new LaunchUncertain(`EMR failed (${name}) and may have launched the cluster all the same.`, evidence);
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
