import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import names from '../../shared/data/names.json' with { type: 'json' };
import { wholeSecond } from '../../shared/domain/instant.ts';
import { defaultRelease } from '../../shared/domain/emr-release.ts';
import { suggestedIdentifier } from '../../shared/domain/identifier.ts';
import { MAX_NOTEBOOK_BYTES, SPARK_JOB_LIMITS } from '../../shared/domain/spark-job.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface SparkJobDefaultsDependencies {
  readonly releases: EmrReleaseRepository;
  readonly clock: Clock;
  /** A source of numbers in [0, 1). */
  readonly random: () => number;
}

/** Presets and limits of the job form. */
export const getSparkJobDefaults =
  ({ releases, clock, random }: SparkJobDefaultsDependencies) =>
  async (): Promise<RouteOutput<Routes['getSparkJobDefaults']>> => {
    const { defaultSize, maxSize, defaultTimeout, minTimeout, maxTimeout, defaultIntervalHours } = SPARK_JOB_LIMITS;
    return {
      identifier: suggestedIdentifier(names, random),
      size: defaultSize,
      maxSize,
      timeout: defaultTimeout,
      minTimeout,
      maxTimeout,
      schedule: { type: 'interval', hours: defaultIntervalHours },
      resultVisibility: 'private',
      startDate: wholeSecond(clock.now()),
      emrRelease: defaultRelease(await releases.all())?.version ?? null,
      isEnabled: true,
      maxNotebookBytes: MAX_NOTEBOOK_BYTES,
    };
  };
