import { EMRClient } from '@aws-sdk/client-emr';

import { requestHandler } from './request-handler.ts';

/** For idempotent calls, which the SDK retries. */
export const emrClient = (): EMRClient => new EMRClient({ maxAttempts: 4, requestHandler });

/** For RunJobFlow only, without retries: it has no idempotency token, so a retry may launch a second cluster. It has a longer timeout instead. */
export const emrLaunchClient = (): EMRClient =>
  new EMRClient({ maxAttempts: 1, requestHandler: { ...requestHandler, requestTimeout: 15_000 } });
