import type { EmrRelease, KeptEmrRelease } from '../../shared/domain/emr-release.ts';
import type { EmrReleaseFacts } from '../../shared/domain/emr-release-facts.ts';

/** The EMR releases that admins keep; seeded where there are none yet. */
export interface EmrReleaseRepository extends EmrReleases {
  /** Adds or replaces it. */
  put(release: KeptEmrRelease & Partial<EmrReleaseFacts>): Promise<void>;
  /** One that is not there is no error. */
  delete(version: string): Promise<void>;
}

/** As launches and jobs read them. */
export interface EmrReleases {
  /** All of them, newest first. */
  all(): Promise<readonly EmrRelease[]>;
}
