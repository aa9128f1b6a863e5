import type { Clock } from '../../functions/runtime/clock.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';

/** A clock that a test moves. */
export interface TestClock extends Clock {
  set(now: Instant): void;
  advance(minutes: number): void;
}

export const testClock = (start: Instant): TestClock => {
  let now = start;
  return {
    now: () => now,
    set(next) {
      now = next;
    },
    advance(minutes) {
      now = plusMinutes(now, minutes);
    },
  };
};
