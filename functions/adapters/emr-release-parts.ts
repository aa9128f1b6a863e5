import type { Application, Configuration } from '@aws-sdk/client-emr';

import configurations from '../../emr/configurations.json' with { type: 'json' };
import {
  hasApplication,
  releaseFamily,
  releaseProblem,
  type ReleaseFamily,
} from '../../shared/domain/emr-release-facts.ts';
import { EmrRefusedLaunch } from '../../shared/domain/errors.ts';

/** EMR installs and waits for all that is asked for, so that a launch asks for what it uses. */
export const APPLICATIONS = {
  /** Somebody works on it, with Jupyter, Zeppelin and tables in Hive. */
  interactive: ['Hadoop', 'Hive', 'Spark', 'Zeppelin'],
  jupyterRun: ['Hadoop', 'Spark'],
  /** A note may come from a cluster that somebody works on, and use what that has. */
  zeppelinRun: ['Hadoop', 'Hive', 'Spark', 'Zeppelin'],
} as const;

/** What of a release one launch takes. */
export interface ReleaseParts {
  readonly family: ReleaseFamily;
  readonly applications: Application[];
  readonly configurations: Configuration[];
}

/**
 * The applications wanted, as far as the release has them, with their configurations.
 * @throws EmrRefusedLaunch where no family has the release
 */
export const releaseParts = (version: string, wanted: readonly string[]): ReleaseParts => {
  const family = releaseFamily(version);
  if (family === null) throw new EmrRefusedLaunch(releaseProblem(version) ?? version, { version });
  const applications = wanted.filter((name) => hasApplication(version, name));
  return {
    family,
    applications: applications.map((Name) => ({ Name })),
    configurations: configurations.filter(
      ({ Classification }) => !Classification.startsWith('zeppelin-') || applications.includes('Zeppelin'),
    ),
  };
};
