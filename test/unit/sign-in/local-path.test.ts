import { describe, expect, it } from 'vitest';

import { localPath } from '../../../functions/sign-in/local-path.ts';

describe('where to return to after signing in', () => {
  it.each(['/', '/clusters/abc?tab=logs#end', '/spark-jobs/daily-report', '/?q=//not-a-host', '/authors'])(
    'is a path of the portal: %s',
    (path) => {
      expect(localPath(path)).toBe(path);
    },
  );

  it('is escaped for a header', () => {
    expect(localPath('/clusters/grüße kurt')).toBe('/clusters/gr%C3%BC%C3%9Fe%20kurt');
  });

  it.each([
    [undefined],
    [''],
    ['clusters'],
    ['//evil.example.com'],
    ['///evil.example.com'],
    ['/\\evil.example.com'],
    ['\\\\evil.example.com'],
    ['/a\\..\\evil'],
    ['/.//evil.example.com'],
    ['/a/..//evil.example.com'],
    ['/%2e//evil.example.com'],
    ['/\t/evil.example.com'],
    ['/\n/evil.example.com'],
    ['/\r\nSet-Cookie: a=b'],
    [' //evil.example.com'],
    ['https://evil.example.com/'],
    ['https:evil.example.com'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['/auth/sign-in?returnTo=/auth/sign-in'],
    ['/x/../auth/sign-in'],
    [`/${'x'.repeat(1001)}`],
  ])('is the front page instead of %j', (path) => {
    expect(localPath(path)).toBe('/');
  });
});
