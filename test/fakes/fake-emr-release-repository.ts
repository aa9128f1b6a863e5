import type { EmrReleaseRepository } from '../../functions/ports/emr-release-repository.ts';
import { newestFirst, SEED_EMR_RELEASES, withFacts, type KeptEmrRelease } from '../../shared/domain/emr-release.ts';

/** Holds the releases given, or the seed. */
export const fakeEmrReleaseRepository = (...releases: readonly KeptEmrRelease[]): EmrReleaseRepository => ({
  all: async () => withFacts(releases.length === 0 ? SEED_EMR_RELEASES : releases).toSorted(newestFirst),
});
