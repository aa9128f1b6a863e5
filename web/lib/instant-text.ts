/** `2026-11-23 21:05 UTC` */
export const utcText = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const sameDay = (a: Date): boolean =>
  a.getFullYear() === a.getUTCFullYear() && a.getMonth() === a.getUTCMonth() && a.getDate() === a.getUTCDate();

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
const dateAndTime = new Intl.DateTimeFormat('sv-SE', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** The moment in the person's time zone, with the date if it differs; null if their time zone is UTC. */
export const localText = (instant: string): string | null => {
  const moment = new Date(instant);
  if (moment.getTimezoneOffset() === 0) return null;
  return sameDay(moment) ? time.format(moment) : `${dateAndTime.format(moment)} ${zoneName(moment)}`;
};

const zoneName = (moment: Date): string =>
  time.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? 'local';

/** Whole minutes, with days and hours where there are any: `1 d 3 h 12 min`. */
export const durationText = (seconds: number): string => {
  if (seconds < 60) return seconds < 1 ? '0 s' : `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
};

/** With seconds up to an hour, where they tell: `1 min 36 s`. */
export const exactDurationText = (seconds: number): string => {
  const rest = Math.floor(seconds) % 60;
  return seconds < 60 || seconds >= 3600 || rest === 0 ? durationText(seconds) : `${durationText(seconds)} ${rest} s`;
};

const secondsFrom = (from: string, to: string | number): number =>
  Math.max(0, (new Date(to).getTime() - Date.parse(from)) / 1000);

/** Elapsed time between two moments, in words. */
export const elapsedText = (from: string, to: string | number): string => durationText(secondsFrom(from, to));

/** How long something took, to the second; in whole minutes while it goes on. */
export const tookText = (startedAt: string | null, finishedAt: string | null, now: number): string => {
  if (startedAt === null) return '–';
  return finishedAt === null ? elapsedText(startedAt, now) : exactDurationText(secondsFrom(startedAt, finishedAt));
};
