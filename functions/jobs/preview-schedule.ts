import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import { nextOccurrences } from '../../shared/domain/schedule.ts';
import { wallTimeAt } from '../../shared/domain/time-zone.ts';
import type { Clock } from '../runtime/clock.ts';

type Route = Routes['previewSchedule'];

const localTime = (instant: Instant, timeZone: string): string =>
  new Date(wallTimeAt(Date.parse(instant), timeZone)).toISOString().slice(0, 16).replace('T', ' ');

/** The next occurrences of a schedule that is being edited, with warnings. */
export const previewSchedule =
  ({ clock }: { readonly clock: Clock }) =>
  async ({ schedule, startDate, endDate, count }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const now = clock.now();
    const start = startDate ?? now;
    const timeZone = schedule.type === 'cron' ? schedule.timeZone : 'UTC';
    // An interval starts with a run at its start, even if that is now.
    const isFromStart = schedule.type === 'interval' && start >= now;
    const from = isFromStart ? toInstant(Date.parse(start) - 1) : now;
    const window = { anchor: start, startDate: start, endDate: endDate ?? null };
    const { times, warnings } = nextOccurrences(schedule, window, from, count);
    const none = times.length === 0 ? ['This schedule has no future occurrence. Check its year and the end date.'] : [];
    return {
      occurrences: times.map((utc) => ({ utc, local: localTime(utc, timeZone) })),
      timeZone,
      warnings: [...warnings, ...none],
    };
  };
