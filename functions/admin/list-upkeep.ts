import { PERIODIC_TASKS, periodOf, type PeriodicTask } from '../../shared/contract/upkeep.ts';
import { latestOf } from '../../shared/domain/instant.ts';
import { isOverdue, neverRan } from '../../shared/domain/upkeep-record.ts';
import type { UpkeepRecords } from '../ports/upkeep-records.ts';
import type { Clock } from '../runtime/clock.ts';

interface ListUpkeepDependencies {
  readonly records: Pick<UpkeepRecords, 'all'>;
  readonly clock: Clock;
}

const TASKS = Object.keys(PERIODIC_TASKS) as PeriodicTask[];

/** Every periodic task of this release, in the order of its table, with what it did last. */
export const listUpkeep =
  ({ records, clock }: ListUpkeepDependencies) =>
  async () => {
    const known = new Map((await records.all()).map((record) => [record.task, record]));
    const [clockBeganAt = null] = [...known.values()].flatMap(({ firstStartedAt }) => firstStartedAt ?? []).toSorted();
    const items = TASKS.map((task) => {
      const record = known.get(task) ?? neverRan(task);
      const { minutes: everyMinutes } = periodOf(task);
      const { lastStartedAt, lastEndedAt, durationMs, handled, lastError, lastErrorAt, running } = record;
      return {
        task,
        everyMinutes,
        lastStartedAt,
        lastEndedAt,
        durationMs,
        handled,
        lastError,
        lastErrorAt,
        running: running.length,
        modifiedAt: latestOf([lastStartedAt, lastEndedAt, lastErrorAt]),
        isOverdue: isOverdue(record, everyMinutes, { clockBeganAt, now: clock.now() }),
      };
    });
    return { items };
  };
