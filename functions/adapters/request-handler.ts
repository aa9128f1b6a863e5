/**
 * Limits of each request to AWS, in milliseconds, for every client: with the SDK's repetitions still within the 30 seconds that an HTTP
 * API waits. Without `throwOnRequestTimeout` the SDK only logs a timeout.
 */
export const requestHandler = { connectionTimeout: 3000, requestTimeout: 6000, throwOnRequestTimeout: true };
