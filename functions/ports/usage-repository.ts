import type { Day, Usage, UsageKey } from '../../shared/domain/usage.ts';

/** Stores usage: one item for each person, kind, day and part. Days of a range are both included. */
export interface UsageRepository {
  /**
   * Applies a pure change to the newest state; the first change makes the item. A change that returns its argument writes nothing.
   * @param owner the username that a new item gets
   * @throws StaleWrite
   */
  change(key: UsageKey, owner: string, change: (usage: Usage) => Usage): Promise<Usage>;
  /** By day. */
  ofPerson(ownerId: string, from: Day, to: Day): Promise<readonly Usage[]>;
  /** Of all people, by day. */
  ofEverybody(from: Day, to: Day): Promise<readonly Usage[]>;
  /** The first day on which anybody used anything; null where nobody has. */
  firstDay(): Promise<Day | null>;
}
