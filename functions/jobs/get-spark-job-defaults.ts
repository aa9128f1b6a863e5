import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { wholeSecond } from '../../shared/domain/instant.ts';
import { defaultRelease } from '../../shared/domain/emr-release.ts';
import { LOWEST } from '../../shared/domain/limits.ts';
import { DEFAULT_SIZE } from '../../shared/domain/settings.ts';
import { DEFAULT_INTERVAL_HOURS, MAX_NOTEBOOK_BYTES } from '../../shared/domain/spark-job.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadSettings } from '../settings/read-settings.ts';

interface SparkJobDefaultsDependencies {
  readonly releases: EmrReleases;
  readonly settings: ReadSettings;
  readonly hasServerless: boolean;
  readonly clock: Clock;
}

/** Presets and limits of the job form; the identifier belongs to its owner for good, so that it is never preset. */
export const getSparkJobDefaults =
  ({ releases, settings, hasServerless, clock }: SparkJobDefaultsDependencies) =>
  async (): Promise<RouteOutput<Routes['getSparkJobDefaults']>> => {
    const [known, { limits, defaultEngine }] = await Promise.all([releases.all(), settings()]);
    return {
      size: DEFAULT_SIZE,
      maxSize: limits.maxSize,
      timeout: limits.defaultTimeout,
      minTimeout: LOWEST.timeout,
      maxTimeout: limits.maxTimeout,
      schedule: { type: 'interval', hours: DEFAULT_INTERVAL_HOURS },
      resultVisibility: 'private',
      engine: defaultEngine,
      engines: hasServerless ? ['serverless', 'cluster'] : ['cluster'],
      startDate: wholeSecond(clock.now()),
      emrRelease: defaultRelease(known)?.version ?? null,
      isEnabled: true,
      maxNotebookBytes: MAX_NOTEBOOK_BYTES,
    };
  };
