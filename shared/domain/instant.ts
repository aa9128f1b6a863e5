/** A moment in UTC as ISO 8601 with milliseconds and `Z`, so that instants compare as strings. */
export type Instant = string;

export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

export const toInstant = (time: Date | number): Instant => new Date(time).toISOString();

/** The second that it is in. */
export const wholeSecond = (instant: Instant): Instant => `${instant.slice(0, -'.000Z'.length)}.000Z`;

export const plusHours = (instant: Instant, hours: number): Instant => toInstant(Date.parse(instant) + hours * HOUR_MS);

export const plusMinutes = (instant: Instant, minutes: number): Instant =>
  toInstant(Date.parse(instant) + minutes * MINUTE_MS);

/** The last of those that are known; null if none is. */
export const latestOf = (instants: readonly (Instant | null | undefined)[]): Instant | null =>
  instants
    .filter((instant) => typeof instant === 'string')
    .toSorted()
    .at(-1) ?? null;

/** Whole elapsed seconds, days included; never negative. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
