import { expectThat, type Checks } from '../checks.ts';
import { PortalSession } from './portal-session.ts';

const SECURITY_HEADERS: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'strict-transport-security': /max-age=31536000/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
};

/** What anybody sees: the pages with their headers, Dockerflow, and a closed door. */
export const checkPages = async (checks: Checks, url: string): Promise<void> => {
  const anybody = new PortalSession(url);
  await checks.check('The pages answer every path of theirs, with security headers', async () => {
    for (const path of ['/', '/clusters/any-id']) {
      const { status, headers, body } = await anybody.call<string>('GET', path);
      expectThat(
        status === 200 && body.includes('<div id="root">'),
        `${path} answered ${status}: ${body.slice(0, 200)}`,
      );
      for (const [name, pattern] of Object.entries(SECURITY_HEADERS)) {
        const value = headers.get(name) ?? '';
        expectThat(pattern.test(value), `${path} has ${name}: ${value}`);
      }
    }
  });
  await checks.check(
    'Dockerflow: version, heartbeat with its dependencies, load balancer heartbeat',
    async () => {
      await anybody.must(200, 'GET', '/__lbheartbeat__');
      await anybody.must(200, 'GET', '/__heartbeat__');
      return anybody.must<{ version: string; commit: string }>(200, 'GET', '/__version__');
    },
    ({ version, commit }) => `${version} ${commit.slice(0, 8)}`,
  );
  await checks.check('Nobody gets in without signing in; unknown paths are a 404 in problem details', async () => {
    await anybody.must(401, 'GET', '/api/me');
    await anybody.must(401, 'GET', '/api/clusters');
    const { status } = await anybody.must<{ status: number }>(404, 'GET', '/api/there-is-no-such-thing');
    expectThat(status === 404, 'the body says another status');
  });
};
