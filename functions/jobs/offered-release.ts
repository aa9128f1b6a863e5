import { InvalidInput } from '../../shared/domain/errors.ts';
import { defaultRelease, type EmrRelease } from '../../shared/domain/emr-release.ts';
import { hasApplication, releaseFacts } from '../../shared/domain/emr-release-facts.ts';
import type { Notebook } from '../../shared/domain/spark-job.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';

/**
 * The wanted release, or the default one where none is named.
 * @throws InvalidInput (field `emrRelease`) if the release is not offered
 */
export const offeredRelease = async (releases: EmrReleases, wanted: string | undefined): Promise<EmrRelease> => {
  const known = await releases.all();
  const version = wanted ?? defaultRelease(known)?.version;
  if (version === undefined)
    throw InvalidInput.field('emrRelease', 'No EMR release is available. Ask an administrator of the portal.');
  const offered = known.find((release) => release.isActive && release.version === version);
  if (offered === undefined)
    throw InvalidInput.field('emrRelease', `EMR release ${version} is not available. Choose one from the list.`);
  return offered;
};

/** The release of an existing job, which may be offered no longer. */
export const presentRelease = async (
  releases: EmrReleases,
  version: string,
): Promise<Pick<EmrRelease, 'version' | 'engines'>> =>
  (await releases.all()).find((release) => release.version === version) ?? {
    version,
    engines: releaseFacts(version)?.engines ?? [],
  };

/** @throws InvalidInput (field `emrRelease`) if the release lacks an application that the notebook needs */
export const requireReleaseFor = (kind: Notebook['kind'], emrRelease: string): void => {
  if (kind === 'zeppelin' && !hasApplication(emrRelease, 'Zeppelin'))
    throw InvalidInput.field(
      'emrRelease',
      `EMR ${emrRelease} has no Zeppelin, which this note needs. Choose a release 7.x, or upload a Jupyter notebook.`,
    );
};
