import {
  GetDashboardForJobRunCommand,
  GetResourceDashboardCommand,
  type EMRServerlessClient,
} from '@aws-sdk/client-emr-serverless';

import { Conflict } from '../../shared/domain/errors.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { jobRunIdOf, sessionIdOf } from '../../shared/domain/serverless-ids.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import type { SparkUi } from '../ports/spark-uis.ts';
import type { Clock } from '../runtime/clock.ts';
import { fromAws, isAwsError } from './aws-errors.ts';
import { emrServerlessClient } from './emr-serverless-client.ts';

interface EmrServerlessSparkUiOptions {
  readonly clock: Clock;
  readonly client?: EMRServerlessClient;
}

/** API reference, GetDashboardForJobRun and GetResourceDashboard. */
const VALID_HOURS = 1;

/** @throws Conflict, AwsThrottled, AwsFailed */
const fromService = async (call: Promise<{ readonly url?: string | undefined }>): Promise<string> => {
  try {
    const { url } = await call;
    if (url !== undefined) return url;
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException') && !isAwsError(error, 'ValidationException'))
      return fromAws('EMR Serverless', Promise.reject(error as Error));
    const { message } = error as Error;
    throw new Conflict(`EMR Serverless has no Spark UI of it: ${message}`, { message });
  }
  throw new Conflict('EMR Serverless has no Spark UI of it yet. Try again in a minute.');
};

/** Spark UIs of job runs and sessions on EMR Serverless: live while they run, the history server's afterwards. */
export const emrServerlessSparkUi = ({
  clock,
  client = emrServerlessClient(),
}: EmrServerlessSparkUiOptions): SparkUi => {
  const dashboardOf = ({ engine, emrId }: Workload): Promise<{ readonly url?: string | undefined }> => {
    if (engine !== 'connect') return client.send(new GetDashboardForJobRunCommand(jobRunIdOf(emrId ?? '')));
    const { applicationId, sessionId: resourceId } = sessionIdOf(emrId ?? '');
    return client.send(new GetResourceDashboardCommand({ applicationId, resourceId, resourceType: 'SESSION' }));
  };
  return {
    linkTo: async (workload) => ({
      url: await fromService(dashboardOf(workload)),
      expiresAt: plusHours(clock.now(), VALID_HOURS),
    }),
  };
};
