interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for the numbers from `min` on. */
  readonly names: readonly string[];
  readonly takesSteps: boolean;
  /** Forms that only this field allows, besides values and ranges. */
  readonly special: RegExp | null;
  /** The same in words. */
  readonly alsoTakes: string;
}

const plain = (name: string, min: number, max: number, names: readonly string[] = []): CronField => ({
  name,
  min,
  max,
  names,
  takesSteps: true,
  special: null,
  alsoTakes: '',
});

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const FIELDS: readonly CronField[] = [
  plain('minutes', 0, 59),
  plain('hours', 0, 23),
  {
    ...plain('day-of-month', 1, 31),
    special: /^(\?|L|([1-9]|[12]\d|3[01])W)$/,
    alsoTakes: ", or '?', 'L' or a day with 'W'",
  },
  plain('month', 1, 12, MONTHS),
  {
    ...plain('day-of-week', 1, 7, DAYS),
    takesSteps: false,
    special: /^(\?|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
    alsoTakes: ", or '?', a day with 'L' or a day like 2#1",
  },
  plain('year', 1970, 2199),
];

const isValue = (text: string, { min, max, names }: CronField): boolean =>
  names.includes(text) || (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max);

/** As many values as the field has: a longer step never comes to a second one. */
const longestStep = ({ min, max }: CronField): number => max - min + 1;

const isStep = (step: string, field: CronField): boolean =>
  field.takesSteps && /^[1-9]\d*$/.test(step) && Number(step) <= longestStep(field);

const isRange = (range: string, field: CronField): boolean => {
  const ends = range.split('-');
  return range === '*' || (ends.length <= 2 && ends.every((end) => isValue(end, field)));
};

/** `*`, a value or a range, with an optional step. */
const isPart = (part: string, field: CronField): boolean => {
  const slash = part.indexOf('/');
  return slash === -1
    ? isRange(part, field)
    : isRange(part.slice(0, slash), field) && isStep(part.slice(slash + 1), field);
};

const numberOf = (value: string, { min, names }: CronField): number =>
  names.includes(value) ? names.indexOf(value) + min : Number(value);

const asTwoRanges = (from: string, to: string, { min, max, names }: CronField): string =>
  names.includes(from) ? `${from}-${names.at(-1)},${names[0]}-${to}` : `${from}-${max},${min}-${to}`;

/** A reversed range. AWS does not document how it treats one. */
const backwardsProblem = (text: string, field: CronField): string | null => {
  for (const [range] of text.matchAll(/\w+-\w+/g)) {
    const [from, to] = range.split('-') as [string, string];
    if (numberOf(from, field) > numberOf(to, field))
      return `The range ${range} in ${field.name} is reversed. Write it as two ranges: ${asTwoRanges(from, to, field)}.`;
  }
  return null;
};

const isTaken = (text: string, field: CronField): boolean =>
  field.special?.test(text) === true || text.split(',').every((part) => isPart(part, field));

const valuesOf = ({ min, max, names }: CronField): string =>
  names.length === 0 ? `${min} to ${max}` : `${min} to ${max} or ${names[0]} to ${names.at(-1)}`;

const fieldProblem = (text: string, field: CronField): string | null => {
  if (isTaken(text, field)) return backwardsProblem(text, field);
  const wildcards = field.takesSteps ? `',', '-', '*' and '/' up to /${longestStep(field)}` : "',', '-' and '*'";
  return `The cron expression cannot be read: ${field.name} takes ${valuesOf(field)} with ${wildcards}${field.alsoTakes}. For example: 0 6 * * ? * is every day at 06:00.`;
};

/** @returns what is wrong with the first of the six fields that EventBridge Scheduler would refuse; null where it takes all */
export const cronFieldProblem = (fields: readonly string[]): string | null =>
  FIELDS.map((field, index) => fieldProblem(fields[index] as string, field)).find((problem) => problem !== null) ??
  null;
