import { describe, expect, it } from 'vitest';

import { sessionRoutes, startSessionBody } from '../../../shared/contract/routes/sessions.ts';

const REQUEST = { name: 'keen-noether', emrRelease: '7.13.0' };

const refusalOf = (changes: object): string | undefined =>
  startSessionBody.safeParse({ ...REQUEST, ...changes }).error?.issues[0]?.message;

describe('the routes of sessions', () => {
  it('fill in what a request leaves out', () => {
    expect(startSessionBody.parse(REQUEST)).toEqual({ ...REQUEST, size: 1, idleMinutes: 30 });
  });

  it.each([
    [{ lifetime: 1 }, 'Give the lifetime in hours as a whole number of at least 2.'],
    [{ idleMinutes: 4 }, 'Give the idle minutes as a whole number from 5 to 1440.'],
    [{ size: 0 }, 'Give the number of executors as a whole number of at least 1.'],
    [{ name: 'Not this' }, 'Use 1 to 100 lower-case letters, digits and hyphens.'],
  ])('refuse %o', (changes, message) => {
    expect(refusalOf(changes)).toBe(message);
  });

  it('are all in one feature', () => {
    expect(new Set(Object.values(sessionRoutes).map(({ feature }) => feature))).toEqual(new Set(['sessions']));
  });
});
