import type { EmrRelease } from '../../shared/domain/emr-release.ts';

/** The EMR releases that admins keep; seeded where there are none yet. */
export interface EmrReleaseRepository {
  /** All of them, newest first. */
  all(): Promise<readonly EmrRelease[]>;
}
