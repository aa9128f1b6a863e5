import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import { useRead } from '../../lib/use-route.ts';
import type { SparkJobInput } from './spark-job-input.ts';

type Wanted = Pick<SparkJobInput, 'engine' | 'notebookKind' | 'emrRelease'>;
export type JobEngine = NonNullable<SparkJobInput['engine']>;

/** Why EMR Serverless cannot run the job as typed; null if it can. The API decides alike. */
export const serverlessObstacle = (
  { notebookKind, emrRelease }: Wanted,
  releases: readonly Pick<EmrReleaseView, 'version' | 'engines'>[],
): string | null => {
  if (notebookKind === 'zeppelin') return 'Not for Zeppelin notes.';
  const release = releases.find(({ version }) => version === emrRelease);
  return release === undefined || release.engines.includes('serverless') ? null : `Not for EMR ${emrRelease}.`;
};

/** The engine of the job as typed: the chosen one, else the default one that can run it. */
export const jobEngine = (
  wanted: Wanted,
  { engine }: Pick<RouteOutput<Routes['getSparkJobDefaults']>, 'engine'>,
  releases: readonly Pick<EmrReleaseView, 'version' | 'engines'>[],
): JobEngine => wanted.engine ?? (serverlessObstacle(wanted, releases) === null ? engine : 'cluster');

/** The same with what the portal offers; undefined until that is known. */
export const useJobEngine = (wanted: Wanted): JobEngine | undefined => {
  const { data: defaults } = useRead('getSparkJobDefaults', {}, { isPreset: true });
  const { data: releases } = useRead('listEmrReleases', { limit: 100 });
  return defaults === undefined || releases === undefined
    ? (wanted.engine ?? undefined)
    : jobEngine(wanted, defaults, releases.items);
};
