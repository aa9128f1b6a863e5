interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that may stand for the numbers from `min` on. */
  readonly names: readonly string[];
  readonly takesSteps: boolean;
  /** What only this field may be as a whole, beside values and ranges. */
  readonly special: RegExp | null;
}

const plain = (name: string, min: number, max: number, names: readonly string[] = []): CronField => ({
  name,
  min,
  max,
  names,
  takesSteps: true,
  special: null,
});

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const FIELDS: readonly CronField[] = [
  plain('minutes', 0, 59),
  plain('hours', 0, 23),
  { ...plain('day-of-month', 1, 31), special: /^(\?|L|([1-9]|[12]\d|3[01])W)$/ },
  plain('month', 1, 12, MONTHS),
  {
    ...plain('day-of-week', 1, 7, DAYS),
    takesSteps: false,
    special: /^(\?|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  },
  plain('year', 1970, 2199),
];

const isValue = (text: string, { min, max, names }: CronField): boolean =>
  names.includes(text) || (/^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max);

/** `*`, a value or a range, and how often within it. */
const isPart = (part: string, field: CronField): boolean => {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0) return false;
  if (step !== undefined && !(field.takesSteps && /^[1-9]\d{0,3}$/.test(step))) return false;
  if (range === '*') return true;
  const ends = range.split('-');
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
};

const numberOf = (value: string, { min, names }: CronField): number =>
  names.includes(value) ? names.indexOf(value) + min : Number(value);

/** A range that begins after its end: AWS documents none, and what it would make of one is unknown. */
const backwardRange = (text: string, field: CronField): string | null => {
  for (const part of text.split(',')) {
    const [from, to] = part.split('/', 1)[0]?.split('-') ?? [];
    if (from !== undefined && to !== undefined && numberOf(from, field) > numberOf(to, field)) return `${from}-${to}`;
  }
  return null;
};

const asTwoRanges = (range: string, { min, max, names }: CronField): string => {
  const [from, to] = range.split('-');
  return names.includes(from ?? '') ? `${from}-${names.at(-1)},${names[0]}-${to}` : `${from}-${max},${min}-${to}`;
};

const isTaken = (text: string, field: CronField): boolean =>
  (field.special?.test(text) ?? false) || text.split(',').every((part) => isPart(part, field));

const valuesOf = ({ min, max, names }: CronField): string =>
  names.length === 0 ? `${min} to ${max}` : `${min} to ${max} or ${names[0]} to ${names.at(-1)}`;

/** @returns what EventBridge Scheduler takes in the first field that it would refuse; null where it takes all six */
export const cronFieldProblem = (fields: readonly string[]): string | null => {
  const refused = FIELDS.find((field, index) => !isTaken(fields[index] ?? '', field));
  if (refused === undefined) {
    for (const [index, field] of FIELDS.entries()) {
      const range = backwardRange(fields[index] ?? '', field);
      if (range !== null)
        return `The range ${range} in ${field.name} goes backwards. Write it as two: ${asTwoRanges(range, field)}.`;
    }
    return null;
  }
  const wildcards = refused.takesSteps ? "',', '-', '*' and '/'" : "',', '-' and '*'";
  const also =
    { 'day-of-month': ", or '?', 'L' or a day with 'W'", 'day-of-week': ", or '?', a day with 'L' or a day like 2#1" }[
      refused.name
    ] ?? '';
  return `The cron expression cannot be read: ${refused.name} takes ${valuesOf(refused)} with ${wildcards}${also}. For example: 0 6 * * ? * is every day at 06:00.`;
};
