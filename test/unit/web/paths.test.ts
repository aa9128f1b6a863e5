import { matchPath } from 'react-router';
import { describe, expect, it } from 'vitest';

import { PAGES } from '../../../shared/contract/pages.ts';
import { PATHS } from '../../../web/app/paths.ts';

describe('a page that mails or other pages link to', () => {
  it('is there, with what the link names', () => {
    expect(matchPath(PATHS.cluster, PAGES.cluster('c/1'))?.params).toEqual({ id: 'c/1' });
    expect(matchPath(PATHS.session, PAGES.session('s/1'))?.params).toEqual({ id: 's/1' });
    expect(matchPath(PATHS.sparkJob, PAGES.sparkJob('daily-users'))?.params).toEqual({ identifier: 'daily-users' });
    expect(matchPath(PATHS.editSparkJob, PAGES.editSparkJob('daily-users'))?.params).toEqual({
      identifier: 'daily-users',
    });
    expect(matchPath(PATHS.run, PAGES.run('daily-users', '20261123T060000000Z-abc'))?.params).toEqual({
      identifier: 'daily-users',
      runId: '20261123T060000000Z-abc',
    });
    expect(matchPath(PATHS.compareRuns, PAGES.compareRuns('daily-users', 'r1', 'r2'))?.params).toEqual({
      identifier: 'daily-users',
      runId: 'r1',
      otherId: 'r2',
    });
    const { pathname, searchParams } = new URL(PAGES.people('o\'brien+"x"@a.example'), 'https://atmo.example.com');
    expect(pathname).toBe(PATHS.people);
    expect(searchParams.get('query')).toBe('o\'brien+"x"@a.example');
  });

  it('is known whole', () => {
    expect(Object.keys(PATHS).toSorted()).toEqual(Object.keys(PAGES).toSorted());
  });
});
