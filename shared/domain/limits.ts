import { InvalidInput, type FieldError } from './errors.ts';
import { hasUnlimitedClusterSize, type Person } from './person.ts';
import type { Limits } from './settings.ts';

const within = (field: string, what: string, value: number | null, range: { min: number; max: number }) =>
  value === null || (value >= range.min && value <= range.max)
    ? null
    : { field, message: `Give ${what} as a whole number from ${range.min} to ${range.max}.` };

/** Lower limits, which no setting moves. */
export const LOWEST = { size: 1, lifetime: 2, idleHours: 1, timeout: 1 } as const;

/** A larger number is a typing error. */
const MOST_WORKERS = 10_000;

/** Of a cluster or session; cluster maintainers have no limit. */
const sizeError = (size: number, person: Person, { maxSize }: Pick<Limits, 'maxSize'>): FieldError | null => {
  if (hasUnlimitedClusterSize(person))
    return within('size', 'the number of workers', size, { min: LOWEST.size, max: MOST_WORKERS });
  const message = `At most ${maxSize} workers; only cluster maintainers may launch more. Ask one, or choose fewer.`;
  return size <= maxSize ? null : { field: 'size', message };
};

const hoursError = (
  field: 'hours' | 'lifetime',
  hours: number,
  { maxLifetime }: Pick<Limits, 'maxLifetime'>,
): FieldError | null =>
  within(field, field === 'hours' ? 'the extension in hours' : 'the lifetime in hours', hours, {
    min: LOWEST.lifetime,
    max: maxLifetime,
  });

/** Of a cluster or session, when it is launched and when that is estimated. */
export const launchErrors = (
  { size, lifetime }: { readonly size: number; readonly lifetime: number },
  person: Person,
  limits: Pick<Limits, 'maxSize' | 'maxLifetime'>,
): readonly FieldError[] =>
  [sizeError(size, person, limits), hoursError('lifetime', lifetime, limits)].filter((error) => error !== null);

/** @throws InvalidInput (fields `size`, `lifetime`) */
export const requireLaunchable = (...asked: Parameters<typeof launchErrors>): void => {
  const errors = launchErrors(...asked);
  if (errors.length > 0) throw new InvalidInput(errors);
};

/** @throws InvalidInput (field `hours`) */
export const requireExtensionWithin = (hours: number, limits: Pick<Limits, 'maxLifetime'>): void => {
  const error = hoursError('hours', hours, limits);
  if (error !== null) throw new InvalidInput([error]);
};

export const idleHoursError = (hours: number | null, { maxIdleHours }: Limits): FieldError | null =>
  within('idleHours', 'the idle hours', hours, { min: LOWEST.idleHours, max: maxIdleHours });

interface JobSize {
  readonly size: number;
  readonly timeout: number;
}

/**
 * @param present of an existing job, which may keep what was allowed before
 * @throws InvalidInput naming each field
 */
export const requireWithinLimits = (
  { size, timeout }: JobSize,
  { maxSize, maxTimeout }: Limits,
  present: JobSize | null,
): void => {
  const ofSize = within('size', 'the number of workers', size, { min: LOWEST.size, max: maxSize });
  const ofTimeout = within('timeout', 'the timeout in hours', timeout, { min: LOWEST.timeout, max: maxTimeout });
  const errors = [size === present?.size ? null : ofSize, timeout === present?.timeout ? null : ofTimeout];
  const found = errors.filter((error) => error !== null);
  if (found.length > 0) throw new InvalidInput(found);
};
