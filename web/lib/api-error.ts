import type { FieldError } from '../../shared/domain/errors.ts';

/** The API's problem details (RFC 9457), or the lack of an answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 where the portal could not be reached. */
  readonly status: number;
  readonly title: string;
  /** Where the status alone does not tell what to do about it; else `about:blank`. */
  readonly type: string;
  readonly requestId: string | null;
  readonly fieldErrors: readonly FieldError[];

  constructor(status: number, problem: Problem) {
    super(messageOf(problem));
    this.status = status;
    this.type = problem.type ?? 'about:blank';
    this.title = problem.title ?? 'Something went wrong';
    this.requestId = problem.requestId ?? null;
    this.fieldErrors = problem.errors ?? [];
  }
}

interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
}

/** Field messages are shown without field names, since those are the API's and not the form's. */
const messageOf = ({ errors = [], detail, title }: Problem): string =>
  errors.length > 0 ? errors.map(({ message }) => message).join(' ') : (detail ?? title ?? 'Something went wrong.');

/** Reads are retried automatically; the person must send a change again. */
export const unreachable = (isReading: boolean): ApiError =>
  new ApiError(0, {
    title: 'The portal could not be reached',
    detail: `Check your network connection. ${isReading ? 'This page retries automatically.' : 'Then try again.'}`,
  });

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null;

/** Reads an error answer. One without problem+json comes from a proxy in front of the API. */
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

/** Network errors, throttling and server errors are retried; other client errors are not. */
export const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
