/**
 * EventBridge Scheduler's cron expressions, read a second time and straight from its table of fields and wildcards
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based): slow, and nothing of it is shared with
 * what it checks. Left out is what that page does not tell: ranges that go backwards, L alone as a day of the week.
 */
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

interface Field {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
  readonly noSteps?: boolean;
}

const MINUTE: Field = { low: 0, high: 59 };
const HOUR: Field = { low: 0, high: 23 };
const DAY: Field = { low: 1, high: 31 };
const MONTH: Field = { low: 1, high: 12, names: MONTHS };
const WEEKDAY: Field = { low: 1, high: 7, names: DAYS, noSteps: true };
const YEAR: Field = { low: 1970, high: 2199 };

const numberIn = (text: string, { low, high, names = [] }: Field): number => {
  const value = names.includes(text) ? low + names.indexOf(text) : /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : Number.NaN;
};

/** The values that a field stands for; null where it stands for none. */
const valuesIn = (text: string, field: Field): ReadonlySet<number> | null => {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    const [from = '', to, ...rest] = range.split('-');
    const first = range === '*' ? field.low : numberIn(from, field);
    const last = to !== undefined ? numberIn(to, field) : range === '*' || step !== undefined ? field.high : first;
    const by =
      step === undefined ? 1 : /^[1-9][0-9]*$/.test(step) && field.noSteps !== true ? Number(step) : Number.NaN;
    if (more.length > 0 || rest.length > 0 || !(first <= last) || !(by <= field.high - field.low + 1)) return null;
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
};

interface Date6 {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const daysIn = ({ year, month }: Date6): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** 1 is Sunday. */
const weekday = ({ year, month, day }: Date6): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** The working day of the month that is closest to a day of it. */
const workingDay = (date: Date6, near: number): number => {
  const isWorking = (day: number) => day >= 1 && day <= daysIn(date) && ![1, 7].includes(weekday({ ...date, day }));
  return [near, near - 1, near + 1, near - 2, near + 2].find(isWorking) ?? Number.NaN;
};

type OnDay = (date: Date6) => boolean;

const dayOfMonth = (text: string): OnDay | null => {
  if (text === '?') return () => true;
  if (text === 'L') return (date) => date.day === daysIn(date);
  if (text.endsWith('W') && /^[1-9]/.test(text)) {
    const near = numberIn(text.slice(0, -1), DAY);
    return Number.isNaN(near) ? null : (date) => date.day === workingDay(date, near);
  }
  const values = valuesIn(text, DAY);
  return values === null ? null : ({ day }) => values.has(day);
};

const dayOfWeek = (text: string): OnDay | null => {
  if (text === '?') return () => true;
  const [, which = '', last, nth = ''] = /^(\w+?)(L|#([1-5]))$/.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = which.startsWith('0') ? Number.NaN : numberIn(which, WEEKDAY);
    if (Number.isNaN(wanted)) return null;
    return (date) =>
      weekday(date) === wanted &&
      (last === 'L' ? date.day + 7 > daysIn(date) : Math.ceil(date.day / 7) === Number(nth));
  }
  const values = valuesIn(text, WEEKDAY);
  return values === null ? null : (date) => values.has(weekday(date));
};

const sorted = (values: ReadonlySet<number>): readonly number[] => [...values].toSorted((a, b) => a - b);

/**
 * The times in UTC after `from` that an expression stands for, for five years; null where EventBridge refuses it.
 */
export const eventBridgeTimes = (expression: string): ((from: number) => Generator<number>) | null => {
  const [minutesText = '', hoursText = '', dayText = '', monthText = '', weekdayText = '', yearText = '', ...rest] =
    expression.trim().split(/\s+/);
  const [minutes, hours, months, years] = [
    valuesIn(minutesText, MINUTE),
    valuesIn(hoursText, HOUR),
    valuesIn(monthText, MONTH),
    valuesIn(yearText, YEAR),
  ];
  const [onDay, onWeekday] = [dayOfMonth(dayText), dayOfWeek(weekdayText)];
  const isOneLeftOpen = (dayText === '?') !== (weekdayText === '?');
  if (minutes === null || hours === null || months === null || years === null) return null;
  if (onDay === null || onWeekday === null || !isOneLeftOpen || rest.length > 0) return null;
  return function* times(from) {
    const begin = new Date(from);
    for (let ahead = 0; ahead < 5 * 365; ahead += 1) {
      const at = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth(), begin.getUTCDate() + ahead));
      const date = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
      if (!years.has(date.year) || !months.has(date.month) || !onDay(date) || !onWeekday(date)) continue;
      for (const hour of sorted(hours))
        for (const minute of sorted(minutes)) {
          const time = at.getTime() + (hour * 60 + minute) * 60_000;
          if (time > from) yield time;
        }
    }
  };
};
