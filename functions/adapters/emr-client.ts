import { EMRClient } from '@aws-sdk/client-emr';

import { requestHandler } from './request-handler.ts';

/** For calls that may be repeated: the SDK does so, also when throttled. */
export const emrClient = (): EMRClient => new EMRClient({ maxAttempts: 4, requestHandler });

/** For RunJobFlow alone, which knows no idempotency token: a repeated call may launch a second cluster. It is given more time instead. */
export const emrLaunchClient = (): EMRClient =>
  new EMRClient({ maxAttempts: 1, requestHandler: { ...requestHandler, requestTimeout: 15_000 } });
