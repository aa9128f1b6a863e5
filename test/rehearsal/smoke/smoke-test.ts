import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Me } from '../../../shared/contract/routes/portal.ts';
import { expectThat, type Checks } from '../checks.ts';
import { checkCluster } from './check-cluster.ts';
import { checkPages } from './check-pages.ts';
import { checkSparkJob } from './check-spark-job.ts';
import { checkUpkeep } from './check-upkeep.ts';
import { PortalSession } from './portal-session.ts';
import { signIn, type Credentials } from './sign-in.ts';

const run = promisify(execFile);

/** The API's own address, which people never see. */
const apiUrl = async (environment: string): Promise<string> => {
  const query = ['--query', `Items[?Name=='atmo-${environment}'].ApiId`, '--output', 'text'];
  const { stdout } = await run('aws', ['apigatewayv2', 'get-apis', ...query]);
  return `https://${stdout.trim()}.execute-api.${process.env['AWS_REGION']}.amazonaws.com`;
};

/** What people do with a portal, from the first page to the outcome of a run; removes what it makes. */
export const smokeTest = async (checks: Checks, portal: string, credentials: Credentials): Promise<void> => {
  const since = new Date();
  const name = `smoke-${since.getTime().toString(36)}`;
  await checkPages(checks, portal);
  const session = new PortalSession(portal);
  const { environment } = await checks.check(
    'A person signs in through the portal and the provider’s page',
    async () => {
      await signIn(session, credentials);
      const me = await session.must<Me>(200, 'GET', '/api/me');
      expectThat(me.email === credentials.email, `the portal takes them for ${me.email}`);
      return me;
    },
    (me) => `${me.username} in ${me.environment}, groups: ${me.groups.join(', ') || 'none'}`,
  );
  await checks.check('A change from a foreign page is refused', async () => {
    const foreign = {
      method: 'POST',
      headers: { origin: 'https://example.org', 'content-type': 'application/json' },
      body: '{}',
    };
    const { status } = await session.fetch(`${session.url}/api/ssh-keys`, foreign);
    expectThat(status === 403, `it was answered ${status}`);
  });
  await checks.check('A call that goes around CloudFront is refused', async () => {
    const api = await apiUrl(environment);
    for (const path of ['/__lbheartbeat__', '/api/me', '/api/there-is-no-such-thing']) {
      const { status, body } = await new PortalSession(api).call('GET', path);
      expectThat(
        status === 403 && JSON.stringify(body).includes('bypass CloudFront'),
        `${path} was answered ${status}: ${JSON.stringify(body)}`,
      );
    }
  });
  await checkUpkeep(checks, { environment, since });
  await checkCluster(checks, { session, environment, name });
  await checkSparkJob(checks, { session, environment, name });
};
