import type { EmrState, StatusReason } from './engine.ts';
import type { Instant } from './instant.ts';

/** An observation of a workload in EMR: from an event, a list or a description. */
export interface EmrObservation {
  readonly emrId: string;
  /** From its name in EMR; null if the source lacks the name (step events). */
  readonly runToken: string | null;
  readonly state: EmrState;
  readonly reason: StatusReason | null;
  readonly createdAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Null if the source lacks it (events and lists). */
  readonly masterAddress: string | null;
  readonly normalizedInstanceHours: number | null;
  /** US dollars for what AWS says it billed; null while it does not say, and on engines where it never does. */
  readonly billed: number | null;
  /** Time of the observation, so that a late event cannot undo a newer one. */
  readonly observedAt: Instant;
}
