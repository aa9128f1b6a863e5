import { HOUR_MS } from './instant.ts';

const DAY_MS = 24 * HOUR_MS;

/** A wall clock reading without a zone, kept as the UTC milliseconds it would have in UTC. */
export type WallTime = number;

/** Areas of the IANA database; its other names, such as EST, PST8PDT or Japan, are kept for old programs only. */
const AREAS =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Indian|Mexico|Pacific|US)\//;

/** Words of a place as IANA spells them, for example Argentina/Buenos_Aires. */
const PLACE = /^[^/]+(\/([A-Z][a-z]+)+([_-]([A-Z][a-z]+)+)*)+$/;

const UNIVERSAL = /^(UTC|GMT|Etc\/(UTC|UCT|GMT([+-]([1-9]|1[0-4])|0)?|Universal|Greenwich|Zulu))$/;

/**
 * Names are compared letter by letter, as EventBridge Scheduler does. A runtime lists one name for each zone, by its own
 * choice Asia/Calcutta or Asia/Kolkata; the others are known to it, but also in any spelling, and known by their form.
 */
export const isTimeZone = (timeZone: string): boolean => {
  if (listedZones().has(timeZone) || UNIVERSAL.test(timeZone)) return isKnown(timeZone);
  const isMisspelt = [...listedZones()].some((zone) => zone.toLowerCase() === timeZone.toLowerCase());
  return !isMisspelt && AREAS.test(timeZone) && PLACE.test(timeZone) && isKnown(timeZone);
};

let zones: ReadonlySet<string> | undefined;

// Hundreds of names, made anew by every call.
const listedZones = (): ReadonlySet<string> => (zones ??= new Set(Intl.supportedValuesOf('timeZone')));

const isKnown = (timeZone: string): boolean => {
  try {
    return formatIn(timeZone) !== undefined;
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
  // Most schedules are in UTC, and formatting takes most of the time of finding an occurrence.
  if (timeZone === 'UTC') return Math.floor(time / 1000) * 1000;
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/** The moments at which clocks in the zone show the wall time: two where clocks go back, none where they go forward over it. */
export const momentsOf = (wall: WallTime, timeZone: string): readonly number[] => {
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((around) => wallTimeAt(around, timeZone) - around);
  // Where clocks go back the offset before is the larger one, so that the first moment stands first.
  const moments = offsets.map((offset) => wall - offset).filter((moment) => wallTimeAt(moment, timeZone) === wall);
  return [...new Set(moments)];
};
