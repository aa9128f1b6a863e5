import type { Month } from '../../shared/domain/month.ts';
import type { Day } from '../../shared/domain/usage.ts';
import type { UsageDay, UsageMonth } from '../../shared/domain/usage-sums.ts';

/** Stores what people used on days that are over, added up: an item for each person and month. Days and months of a range are both included. */
export interface UsageSums {
  /** Those that are known, in order, read consistently. */
  days(from: Day, to: Day): Promise<readonly UsageDay[]>;
  /** Applies a pure change to the newest state; the first change makes the item. A change that returns its argument writes nothing. @throws StaleWrite */
  changeDay(day: Day, change: (day: UsageDay) => UsageDay): Promise<UsageDay>;
  /** The same. @param owner the username that a new item gets */
  changeMonth(
    key: Pick<UsageMonth, 'ownerId' | 'month'>,
    owner: string,
    change: (month: UsageMonth) => UsageMonth,
  ): Promise<UsageMonth>;
  /** In order. */
  ofPerson(ownerId: string, from: Month, to: Month): Promise<readonly UsageMonth[]>;
  /** Of all people. */
  ofEverybody(from: Month, to: Month): Promise<readonly UsageMonth[]>;
}
