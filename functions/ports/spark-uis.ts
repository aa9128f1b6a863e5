import type { Engine } from '../../shared/domain/engine.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Workload } from '../../shared/domain/workload.ts';

/** An address that opens a Spark UI without AWS credentials: anybody who has it can open it. Never stored, never logged. */
export interface SparkUiLink {
  readonly url: string;
  /** By then it must have been opened. */
  readonly expiresAt: Instant;
}

/** The Spark UIs of one engine's workloads. */
export interface SparkUi {
  /**
   * Makes an address for this moment.
   * @param workload one that EMR has, or had
   * @throws Conflict with the reason where AWS has none, or none yet; AwsThrottled, AwsFailed
   */
  linkTo(workload: Workload): Promise<SparkUiLink>;
}

/** One row for each engine. */
export type SparkUis = Readonly<Record<Engine, SparkUi>>;
