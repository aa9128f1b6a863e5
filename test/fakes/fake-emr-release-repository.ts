import type { EmrReleaseRepository } from '../../functions/ports/emr-release-repository.ts';
import { newestFirst, SEED_EMR_RELEASES, withFacts, type KeptEmrRelease } from '../../shared/domain/emr-release.ts';

/** Holds the releases given, or the seed. */
export const fakeEmrReleaseRepository = (...present: readonly KeptEmrRelease[]): EmrReleaseRepository => {
  const kept = new Map<string, KeptEmrRelease>(present.map((release) => [release.version, release]));
  return {
    async all() {
      if (kept.size === 0) for (const release of SEED_EMR_RELEASES) kept.set(release.version, release);
      return withFacts([...kept.values()]).toSorted(newestFirst);
    },
    async put(release) {
      kept.set(release.version, release);
    },
    async delete(version) {
      kept.delete(version);
    },
  };
};
