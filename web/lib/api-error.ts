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
    super(problem.detail ?? problem.title ?? 'Something went wrong.');
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

export const unreachable = (): ApiError =>
  new ApiError(0, {
    title: 'The portal cannot be reached',
    detail: 'Check your network connection. This page tries again by itself.',
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

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
