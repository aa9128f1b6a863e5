import type { EmrObservation } from '../../shared/domain/emr-state.ts';
import type { Instant } from '../../shared/domain/instant.ts';

/** What the sweep follows in EMR: somebody's cluster, or the latest run of a job. */
export interface Followed {
  /** For the log. */
  readonly id: string;
  /** Null while EMR has not confirmed the launch. */
  readonly jobflowId: string | null;
  readonly runToken: string;
  readonly since: Instant;
  /** Sweeps running in which EMR's list lacked it. */
  readonly missedSweeps: number;
  readonly observe: (seen: EmrObservation) => Promise<unknown>;
  /** Notes that EMR's list lacked it once more. */
  readonly miss: () => Promise<unknown>;
  /** Settles a launch of which EMR certainly has nothing. */
  readonly relaunch: () => Promise<unknown>;
}

/** All that is active, read anew. */
export type ReadFollowed = () => Promise<readonly Followed[]>;
