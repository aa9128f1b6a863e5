import { InvalidInput } from '../../shared/domain/errors.ts';
import { hasApplication } from '../../shared/domain/emr-release-facts.ts';
import type { Notebook } from '../../shared/domain/spark-job.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';

/** @throws InvalidInput (field `emrRelease`) if the release is not offered */
export const requireOfferedRelease = async (releases: EmrReleaseRepository, wanted: string): Promise<void> => {
  const known = await releases.all();
  if (!known.some(({ version, isActive }) => isActive && version === wanted))
    throw InvalidInput.field('emrRelease', `EMR release ${wanted} is not available. Choose one from the list.`);
};

/** @throws InvalidInput (field `emrRelease`) if the release lacks an application that the notebook needs */
export const requireReleaseFor = (kind: Notebook['kind'], emrRelease: string): void => {
  if (kind === 'zeppelin' && !hasApplication(emrRelease, 'Zeppelin'))
    throw InvalidInput.field(
      'emrRelease',
      `EMR ${emrRelease} has no Zeppelin, which this note needs. Choose a release 7.x, or upload a Jupyter notebook.`,
    );
};
