import type { LaunchPause } from '../../functions/settings/launch-pause.ts';
import { LAUNCHES_ALLOWED, requireAllowed, type Launches } from '../../shared/domain/launches.ts';

/** A kill switch that a test turns. */
export const fakeLaunchPause = (): LaunchPause & { pause(reason: string): void; resume(): void } => {
  let launches: Launches = LAUNCHES_ALLOWED;
  return {
    current: async () => launches,
    requireAllowed: async () => requireAllowed(launches),
    pause(reason) {
      launches = { isPaused: true, reason };
    },
    resume() {
      launches = LAUNCHES_ALLOWED;
    },
  };
};
