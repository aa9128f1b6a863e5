import type { Application, Configuration } from '@aws-sdk/client-emr';

import configurations from '../../emr/configurations.json' with { type: 'json' };
import {
  hasApplication,
  releaseFamily,
  releaseProblem,
  type ReleaseFamily,
} from '../../shared/domain/emr-release-facts.ts';
import { EmrRefusedLaunch } from '../../shared/domain/errors.ts';

/** EMR installs every requested application before a cluster is ready, so each launch requests only what it uses. */
export const APPLICATIONS = {
  /** Interactive clusters: Jupyter, Zeppelin and Hive tables. */
  interactive: ['Hadoop', 'Hive', 'Spark', 'Zeppelin'],
  jupyterRun: ['Hadoop', 'Spark'],
  /** A note may have been written on an interactive cluster and use its applications. */
  zeppelinRun: ['Hadoop', 'Hive', 'Spark', 'Zeppelin'],
} as const;

/** The parts of a release for one launch. */
export interface ReleaseParts {
  readonly family: ReleaseFamily;
  readonly applications: Application[];
  readonly configurations: Configuration[];
}

/**
 * The requested applications that the release has, with their configurations.
 * @throws EmrRefusedLaunch if the release belongs to no family
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
