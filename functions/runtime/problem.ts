import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { DomainError, InvalidInput, type FieldError } from '../../shared/domain/errors.ts';
import { logger } from './logger.ts';

interface Problem {
  readonly status: number;
  readonly title: string;
  /** Where the status alone does not tell a client what to do about it. */
  readonly type?: string;
}

const STATUS_BY_ERROR: Readonly<Record<string, Problem>> = {
  InvalidInput: { status: 400, title: 'Invalid input' },
  NotSignedIn: { status: 401, title: 'Not signed in' },
  Forbidden: { status: 403, title: 'Not allowed' },
  NotFound: { status: 404, title: 'Not found' },
  Conflict: { status: 409, title: 'Conflicts with the current state' },
  NotReady: { status: 409, title: 'Not ready yet', type: '/problems/not-ready' },
  NotOffered: { status: 409, title: 'Not offered here', type: '/problems/not-offered' },
  QuotaExceeded: { status: 409, title: 'Over a quota', type: '/problems/quota-exceeded' },
  BudgetExceeded: { status: 409, title: 'Over a budget', type: '/problems/budget-exceeded' },
  LaunchesPaused: { status: 409, title: 'Launches are paused', type: '/problems/launches-paused' },
  StaleWrite: { status: 409, title: 'Changed by another request meanwhile' },
  TooLarge: { status: 413, title: 'Too large' },
  UnsupportedContentType: { status: 415, title: 'Wrong content type' },
  TooManyRequests: { status: 429, title: 'Too many requests' },
  AwsFailed: { status: 502, title: 'AWS failed' },
  EmrRefusedLaunch: { status: 502, title: 'EMR refused the launch' },
  LaunchUncertain: { status: 502, title: 'The launch is not confirmed' },
  AwsThrottled: { status: 503, title: 'AWS is busy' },
};

/** Retry-After in seconds for throttled calls: EMR's token buckets refill at one call in two seconds. */
const RETRY_AFTER_SECONDS = '10';

/** The request has the wrong content type. */
export class UnsupportedContentType extends DomainError {
  override readonly name = 'UnsupportedContentType';
}

/** A minute, by which reports are counted. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: '60', 503: RETRY_AFTER_SECONDS };

/** Problem details (RFC 9457) of any error. Unexpected errors are logged, and the details do not tell of them. */
export const problemOf = (error: unknown, requestId: string) => {
  const known = error instanceof DomainError ? STATUS_BY_ERROR[error.name] : undefined;
  const { status, title, type = 'about:blank' }: Problem = known ?? { status: 500, title: 'Something went wrong' };
  const detail =
    known === undefined || !(error instanceof Error)
      ? `An internal error was logged. Give the request id ${requestId} if you ask about it.`
      : error.message;
  if (status >= 500)
    logger.error(title, { requestId, error, evidence: error instanceof DomainError ? error.evidence : {} });
  const errors: readonly FieldError[] | undefined = error instanceof InvalidInput ? error.errors : undefined;
  return { type, title, status, detail, requestId, ...(errors ? { errors } : {}) };
};

/** The response for any error. */
export const problemFor = (error: unknown, requestId: string): APIGatewayProxyStructuredResultV2 => {
  const problem = problemOf(error, requestId);
  const { status } = problem;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(RETRY_AFTER[status] === undefined ? {} : { 'retry-after': RETRY_AFTER[status] }),
    },
    body: JSON.stringify(problem),
  };
};
