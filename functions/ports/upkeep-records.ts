import type { PeriodicTask } from '../../shared/contract/upkeep.ts';
import type { UpkeepRecord } from '../../shared/domain/upkeep-record.ts';

/** Stores what each periodic task did last. */
export interface UpkeepRecords {
  /**
   * Applies a pure change to the newest record; the first change of a task makes it.
   * @param known as the caller last wrote it, which saves a read where nobody wrote since
   * @throws StaleWrite
   */
  change(
    task: PeriodicTask,
    change: (record: UpkeepRecord) => UpkeepRecord,
    known?: UpkeepRecord,
  ): Promise<UpkeepRecord>;
  /** Of the tasks that ever started. */
  all(): Promise<readonly UpkeepRecord[]>;
}
