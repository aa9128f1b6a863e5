import type { HealthCheck } from '../ports/health-check.ts';

/** Milliseconds. */
const TIMEOUT = 3000;

/** Whether the identity provider gives out the keys that sessions are verified by. */
export const signInHealthCheck = (jwksUrl: string): HealthCheck => ({
  name: 'signIn',
  async check() {
    const response = await fetch(jwksUrl, { signal: AbortSignal.timeout(TIMEOUT) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${jwksUrl} answered ${response.status}`);
  },
});
