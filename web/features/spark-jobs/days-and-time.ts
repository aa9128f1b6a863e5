export const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Day = (typeof DAYS)[number];

/** Days of the week and a time of day, from which a cron expression is written. */
export interface DaysAndTime {
  readonly days: readonly Day[];
  /** `hh:mm`, as typed. */
  readonly time: string;
}

const isDay = (word: string): word is Day => DAYS.some((day) => day === word);

/** In the order of the week, every day as `*`; empty without a day, which the schema refuses. */
const dayFields = (days: readonly Day[]): string => {
  if (days.length === DAYS.length) return '* * ?';
  return `? * ${DAYS.filter((day) => days.includes(day)).join(',')}`;
};

/** The cron expression; without a day or a whole time one that is not valid. */
export const cronOf = ({ days, time }: DaysAndTime): string => {
  const [hours = '', minutes = ''] = time.split(':');
  const number = (text: string): string => (text === '' ? '' : String(Number(text)));
  return `${number(minutes)} ${number(hours)} ${dayFields(days)} *`.trim();
};

const daysIn = (field: string): readonly Day[] | null => {
  const days = field.split(',').flatMap((part): readonly string[] => {
    const [from = '', to] = part.split('-');
    if (to === undefined) return [from];
    const [first, last] = [DAYS.findIndex((day) => day === from), DAYS.findIndex((day) => day === to)];
    return first < 0 || last < first ? [part] : DAYS.slice(first, last + 1);
  });
  return days.every(isDay) ? days : null;
};

/** The days and the time of an expression that says no more than these; null for any other. */
export const daysAndTimeOf = (expression: string): DaysAndTime | null => {
  const match = /^(\d{1,2}) (\d{1,2}) (?:(\* \* \?|\? \* \*)|\? \* ([A-Z,-]+)) \*$/.exec(
    expression.trim().toUpperCase(),
  );
  if (match === null) return null;
  const [, minutes = '', hours = '', everyDay, named] = match;
  const days = everyDay === undefined ? daysIn(named ?? '') : DAYS;
  return days === null ? null : { days, time: `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}` };
};
