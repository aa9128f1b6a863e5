import type { RawAnswer } from '../../shared/contract/route.ts';
import { logger } from '../runtime/logger.ts';
import type { HealthCheck } from '../ports/health-check.ts';

/** Dockerflow's `/__heartbeat__`: 200 if all dependencies respond, else 500. Reasons are only logged. */
export const getHeartbeat =
  ({ checks }: { readonly checks: readonly HealthCheck[] }) =>
  async (): Promise<RawAnswer> => {
    const results = await Promise.all(
      checks.map(async (dependency) => {
        try {
          await dependency.check();
          return [dependency.name, 'ok'] as const;
        } catch (error) {
          logger.error('A dependency check failed', { dependency: dependency.name, error });
          return [dependency.name, 'error'] as const;
        }
      }),
    );
    const isHealthy = results.every(([, result]) => result === 'ok');
    return {
      status: isHealthy ? 200 : 500,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: isHealthy ? 'ok' : 'error', checks: Object.fromEntries(results) }),
    };
  };
