import type { Instant } from '../../shared/domain/instant.ts';
import type { LaunchFor } from '../../shared/domain/launch-slots.ts';

/** The turns in which RunJobFlow and StartJobRun are called, so that EMR throttles none. */
export interface LaunchSlots {
  /**
   * Takes the next free slot; nobody else gets the same.
   * @returns the moment from which EMR may be asked, once
   * @throws AwsThrottled, AwsFailed; StaleWrite: no slot was taken
   */
  take(launch: LaunchFor): Promise<Instant>;
}
