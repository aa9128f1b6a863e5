import type { FieldError } from '../../shared/domain/errors.ts';

/** What the API's problem details (RFC 9457) say, or that there was no answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 where the portal could not be reached. */
  readonly status: number;
  readonly title: string;
  readonly requestId: string | null;
  readonly fieldErrors: readonly FieldError[];

  constructor(status: number, problem: Problem) {
    super(messageOf(problem));
    this.status = status;
    this.title = problem.title ?? 'Something went wrong';
    this.requestId = problem.requestId ?? null;
    this.fieldErrors = problem.errors ?? [];
  }
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
}

/** The refused fields' messages stand for themselves; their names are the API's, not those of a form. */
const messageOf = ({ errors = [], detail, title }: Problem): string =>
  errors.length > 0 ? errors.map(({ message }) => message).join(' ') : (detail ?? title ?? 'Something went wrong.');

/** What is read is asked for again by itself; what was to be changed must be sent again by the person. */
export const unreachable = (isReading: boolean): ApiError =>
  new ApiError(0, {
    title: 'The portal cannot be reached',
    detail: `Check your network connection. ${isReading ? 'This page tries again by itself.' : 'Then try again.'}`,
  });

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null;

/** Reads a refusal; one that is no problem+json comes from something in front of the API. */
export const errorOf = async (response: Response): Promise<ApiError> => {
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const problem: unknown = isJson ? await response.json().catch(() => null) : null;
  return new ApiError(
    response.status,
    isProblem(problem)
      ? problem
      : { title: `The portal answered ${response.status}`, detail: 'Try again in a moment.' },
  );
};

/** No answer, throttled or broken: worth another try. A refusal is not. */
export const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
