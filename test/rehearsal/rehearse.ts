import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setGlobalProxyFromEnv } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { delimiter, join } from 'node:path';
import type { Me } from '../../shared/contract/routes/portal.ts';
import { Checks, expectThat, tableOf, type Check } from './checks.ts';
import { changedCopy } from './changed-copy.ts';
import { Deployment } from './deployment.ts';
import { command } from './command.ts';
import { startEdge, type Edge } from './edge.ts';
import { EMULATOR_GAPS, REHEARSED_WHEELS } from './emulator-gaps.ts';
import { freePort, startEmulator } from './emulator.ts';
import { pythonEnvironment } from './python-environment.ts';
import { RehearsalStopped } from './rehearsal-stopped.ts';
import { checkOneUpdate } from './one-update.ts';
import { checkRemains } from './remains.ts';
import { startServerless } from './serverless.ts';
import { PortalSession } from './smoke/portal-session.ts';
import { signIn, type Credentials } from './smoke/sign-in.ts';
import { smokeTest } from './smoke/smoke-test.ts';

const directory = fileURLToPath(new URL('../../.local/rehearsal', import.meta.url));
const log = join(directory, 'rehearsal.log');
const region = 'us-west-2';
const account = '000000000000';
const CHANGED = 'functions/ssh-keys/ssh-keys.lambda.ts';

const admin: Credentials = { email: 'admin@example.com', password: 'Rehearsal-admin-1' };
const person: Credentials = { email: 'person@example.com', password: 'Rehearsal-person-1' };

/** The guide makes the admin; nobody reads the mail with the first password here, so both get one. */
const peopleScript = (pool: string): string =>
  [
    `aws cognito-idp admin-create-user --user-pool-id ${pool} --username ${person.email} --user-attributes Name=email,Value=${person.email} Name=email_verified,Value=true`,
    ...[admin, person].map(
      ({ email, password }) =>
        `aws cognito-idp admin-set-user-password --user-pool-id ${pool} --username ${email} --password ${password} --permanent`,
    ),
  ].join('\n');

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const rehearse = async (checks: Checks, stops: (() => Promise<void> | void)[]): Promise<void> => {
  const python = await pythonEnvironment(directory, { region, log, progress: console.log });
  await checks.check('npm run wheels: the Python packages of one kind of node', () =>
    command('npm', ['run', 'wheels', '--', ...REHEARSED_WHEELS], { log }),
  );
  const port = await freePort();
  const edge = await startEdge({ tls: python.tls, emulatorPort: port });
  stops.push(() => edge.stop());
  const serverless = await startServerless(directory, { region, accountId: account });
  stops.push(serverless.close);
  const emulator = await checks.check('The emulator starts, with IAM and TLS', () =>
    startEmulator({
      python,
      directory,
      region,
      account,
      port,
      proxyPort: edge.port,
      serverlessUrl: serverless.url,
      log: join(directory, 'emulator.log'),
    }),
  );
  stops.push(emulator.stop);

  Object.assign(process.env, emulator.env, { PATH: [python.bin, process.env['PATH']].join(delimiter) });
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(python.tls.ca, 'utf8')]);
  setGlobalProxyFromEnv({ HTTPS_PROXY: `http://127.0.0.1:${edge.port}`, NO_PROXY: '127.0.0.1,localhost' });

  const shared = { directory, env: emulator.env, log, ca: python.tls.ca };
  const deployment = new Deployment({ ...shared, stage: 'dev' });
  await checks.check('cdk synth, with pages and functions built and cdk-nag satisfied', () => deployment.synthesise());
  await checks.check('cdk bootstrap', () => deployment.follow('Once for each account'));
  await checks.check(
    'A first deployment fails, in the stack with the table, then in the one with the user pool',
    async () => {
      for (const stack of ['storage', 'portal'] as const) await deployment.failIn(stack);
    },
  );
  await checks.check(
    'cdk deploy, repeated: all four stacks at once',
    () => deployment.follow('Deploy'),
    (output) => `${countOf(output, /✅/g)} stacks`,
  );
  const { website, portal } = deployment.outputs();
  await lead(edge, deployment);
  await checks.check('The guide’s first admin, and a person', async () => {
    await deployment.follow('The first admin');
    await deployment.shell(peopleScript(portal.UserPoolId));
  });
  await checks.check('The first admin signs in', async () => {
    const session = new PortalSession(website.PortalUrl);
    await signIn(session, admin);
    const { groups } = await session.must<Me>(200, 'GET', '/api/me');
    expectThat(groups.includes('admins'), `their groups are ${groups.join(', ')}`);
  });
  await smokeTest(checks, website.PortalUrl, person);
  await checks.check(
    'The functions look for orphans on EMR Serverless, too',
    async () => {
      const { ListApplications: count = 0 } = serverless.calls();
      expectThat(count > 0, 'no function has asked it for applications');
      return count;
    },
    (count) => `${count} lists of applications`,
  );

  await checks.check('A second deployment changes nothing', async () => {
    const output = await deployment.follow('Deploy');
    const unchanged = countOf(output, /\(no changes\)/g);
    expectThat(unchanged === 4, `${unchanged} of 4 stacks did not change`);
  });
  await checks.check(
    'One changed function: that one is updated, and nothing else',
    async () => {
      await deployment.synthesise(changedCopy(directory, CHANGED));
      return checkOneUpdate(deployment, 'ssh-keys');
    },
    (updated) => updated,
  );
  const beside = new Deployment({ ...shared, stage: 'prod' });
  await checks.check(
    'A second stage is deployed beside the first, and both answer',
    async () => {
      await beside.synthesise();
      const output = await beside.follow('Deploy');
      await lead(edge, beside);
      const urls = [deployment, beside].map((stage) => stage.outputs().website.PortalUrl);
      for (const url of urls) await new PortalSession(url).must(200, 'GET', '/__heartbeat__');
      expectThat(new Set(urls).size === 2, `both are ${urls[0]}`);
      return `${countOf(output, /✅/g)} stacks`;
    },
    (stacks) => stacks,
  );
  await checks.check(
    'cdk destroy: only what is meant to stay stays, of both',
    async () => {
      // The command asks for a stage by its name, and leaves that of the other alone.
      await beside.shell('npm run remove-made -- --stage prod --yes && npx cdk destroy --all --force');
      await deployment.follow('Removing');
      return checkRemains(deployment, ['dev', 'prod']);
    },
    (left) => left.join(', '),
  );
};

/** From here on the stage is reached by its own address. */
const lead = async (edge: Edge, deployment: Deployment): Promise<void> => {
  const { DistributionDomain, ApiUrl } = deployment.outputs().website;
  const apiId = new URL(ApiUrl).hostname.split('.')[0] ?? '';
  edge.route(DistributionDomain, { paths: deployment.apiPaths(), apiId, headers: await deployment.originHeaders() });
};

const report = (done: readonly Check[]): void => {
  console.log(`\n${tableOf(done)}\n\nWhere the emulator differs:`);
  for (const { what, why, coveredBy } of EMULATOR_GAPS) console.log(`- ${what}: ${why}; covered by ${coveredBy}`);
  console.log(`\nThe rehearsal took ${Math.round((Date.now() - start) / 1000)} s.`);
  const failed = done.filter(({ passed }) => !passed).length;
  console.log(`${done.length - failed} passed, ${failed} failed`);
};

rmSync(log, { force: true });
mkdirSync(directory, { recursive: true });
const checks = new Checks();
const stops: (() => Promise<void> | void)[] = [];
const stopAll = async (): Promise<void> => {
  for (const stop of stops.splice(0).toReversed()) await stop();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));
}
const start = Date.now();
try {
  await rehearse(checks, stops);
} catch (error) {
  if (!(error instanceof RehearsalStopped)) throw error;
  console.error(`\n${error.message}\nLogs: ${directory}`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
if (checks.done.length > 0) report(checks.done);
