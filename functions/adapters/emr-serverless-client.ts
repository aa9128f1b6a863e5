import { EMRServerlessClient } from '@aws-sdk/client-emr-serverless';

import { requestHandler } from './request-handler.ts';

/** Every call may be repeated: those that make something carry a client token. */
export const emrServerlessClient = (): EMRServerlessClient =>
  new EMRServerlessClient({ maxAttempts: 4, requestHandler });
