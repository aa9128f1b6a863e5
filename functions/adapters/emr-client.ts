import { EMRClient } from '@aws-sdk/client-emr';

/** Milliseconds. A lost connection must not use up the 30 seconds that an HTTP API waits. */
const requestHandler = { connectionTimeout: 3000, requestTimeout: 10_000 };

/** For calls that may be repeated: the SDK does so, also when throttled. */
export const emrClient = (): EMRClient => new EMRClient({ maxAttempts: 4, requestHandler });

/** For RunJobFlow alone, which knows no idempotency token: a repeated call may launch a second cluster. */
export const emrLaunchClient = (): EMRClient => new EMRClient({ maxAttempts: 1, requestHandler });
