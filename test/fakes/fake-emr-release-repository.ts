import type { EmrReleaseRepository } from '../../functions/ports/emr-release-repository.ts';
import { newestFirst, SEED_EMR_RELEASES, type EmrRelease } from '../../shared/domain/emr-release.ts';

/** Holds the releases given, or the seed. */
export const fakeEmrReleaseRepository = (...releases: readonly EmrRelease[]): EmrReleaseRepository => ({
  all: async () => (releases.length === 0 ? SEED_EMR_RELEASES : releases).toSorted(newestFirst),
});
