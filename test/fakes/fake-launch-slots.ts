import type { LaunchSlots } from '../../functions/ports/launch-slots.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { laneFor, nextFreeAfter, slotBefore, type NextFreeAt } from '../../shared/domain/launch-slots.ts';

export const fakeLaunchSlots = (clock: Clock): LaunchSlots => {
  let lanes: NextFreeAt = {};
  return {
    async take(launch) {
      const now = Date.parse(clock.now());
      const lane = laneFor(launch, lanes, now);
      const nextFreeAt = nextFreeAfter(lanes[lane], lane, now);
      lanes = { ...lanes, [lane]: nextFreeAt };
      return toInstant(slotBefore(nextFreeAt, lane, now));
    },
  };
};
