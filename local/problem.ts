import { randomUUID } from 'node:crypto';

export const PROBLEM_TYPE = 'application/problem+json';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  421: 'Misdirected Request',
  503: 'Service Unavailable',
};

/** Problem details (RFC 9457), as the API answers them, of what the local stack refuses by itself. */
export const problem = (status: number, detail: string) => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Internal Server Error',
  status,
  detail,
  requestId: randomUUID(),
});
