import { HOUR_MS } from './instant.ts';

/** A wall clock reading without a zone, kept as the UTC milliseconds it would have in UTC. */
export type WallTime = number;

export const isTimeZone = (timeZone: string): boolean => {
  try {
    // An offset such as +02:00 is no zone for EventBridge Scheduler.
    return !/^[+-]/.test(timeZone) && formatIn(timeZone) !== undefined;
  } catch {
    return false;
  }
};

const formats = new Map<string, Intl.DateTimeFormat>();

const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

export const wallTimeAt = (time: number, timeZone: string): WallTime => {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/**
 * The moment at which clocks in the zone show the wall time: the first of two where clocks go back, null where clocks
 * go forward over it.
 */
export const momentOf = (wall: WallTime, timeZone: string): number | null => {
  const offsets = [-24, 24].map((hours) => {
    const around = wall + hours * HOUR_MS;
    return wallTimeAt(around, timeZone) - around;
  });
  const moments = offsets.map((offset) => wall - offset).filter((moment) => wallTimeAt(moment, timeZone) === wall);
  return moments.length === 0 ? null : Math.min(...moments);
};
