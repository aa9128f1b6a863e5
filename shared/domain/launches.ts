import { LaunchesPaused } from './errors.ts';

/** The kill switch: whether anything may be launched at all. */
export interface Launches {
  readonly isPaused: boolean;
  /** Why, in the words of an admin; null while nothing is paused. */
  readonly reason: string | null;
}

export const LAUNCHES_ALLOWED: Launches = { isPaused: false, reason: null };

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** @throws LaunchesPaused */
export const requireAllowed = ({ isPaused, reason }: Launches): void => {
  if (!isPaused) return;
  throw new LaunchesPaused(
    `Launches are paused: ${ended(reason ?? '')} Ask an administrator of the portal when they go on.`,
    { reason },
  );
};
