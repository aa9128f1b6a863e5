import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { Metric } from '../../shared/domain/metrics.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import type { Authenticate } from '../../functions/runtime/http-handler.ts';
import { callers } from './callers.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

interface Surroundings {
  readonly random: Random;
  readonly trace: Trace;
  /** An error in the log. */
  readonly logged: (details: object) => void;
}

let surroundings: Surroundings | null = null;

export const useSurroundings = (next: Surroundings): void => {
  surroundings = next;
};

const here = (): Surroundings => {
  if (surroundings === null) throw new Error('No simulation is running.');
  return surroundings;
};

export const newRunToken = (): string => here().random.text(10);
export const newId = (): string => here().random.text(20);
export const newSecret = (): string => here().random.text(43);
export const random = (): number => here().random.next();

const log =
  (level: string) =>
  (message: string, details?: object): void => {
    here().trace(
      'log',
      () => `${callers.getStore()?.name ?? '-'} ${level}: ${message} ${JSON.stringify(details, errorText)}`,
    );
  };

const errorText = (_key: string, value: unknown): unknown =>
  value instanceof Error ? `${value.name}: ${value.message}` : value;

const logError = (message: string, details: object = {}): void => {
  log('error')(message, details);
  here().logged(details);
};

export const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: logError };

export const metrics = { record: (_values: readonly Metric[]): void => {} };

/** The person is told by the request: signing in is not simulated. */
export const authenticateBy = (): Authenticate => async (request) => ({
  person: JSON.parse(request.headers['x-person'] ?? '') as Person,
  cookies: [],
});

/** Each cold start reads 50 settings: all of them, read once. */
const settings = Object.fromEntries(
  Object.entries(ENVIRONMENT).map(([name, variable]) => [name, process.env[variable]]),
);

export const readEnvironment = (): typeof settings => settings;

let moment = 0;
let text = '';

/** Time stands still between two timers, and half of what is done asks for it. */
const now = (): Instant => {
  if (moment !== Date.now()) {
    moment = Date.now();
    text = toInstant(moment);
  }
  return text;
};

export const systemClock: Clock = { now };
