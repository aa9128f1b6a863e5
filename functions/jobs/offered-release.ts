import { InvalidInput } from '../../shared/domain/errors.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';

/** @throws InvalidInput (field `emrRelease`) where the release is not offered */
export const requireOfferedRelease = async (releases: EmrReleaseRepository, wanted: string): Promise<void> => {
  const known = await releases.all();
  if (!known.some(({ version, isActive }) => isActive && version === wanted))
    throw InvalidInput.field('emrRelease', `EMR release ${wanted} is not offered. Choose one from the list.`);
};
