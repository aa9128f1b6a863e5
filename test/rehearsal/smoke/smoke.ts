import { parseArgs } from 'node:util';
import { Checks, tableOf } from '../checks.ts';
import { RehearsalStopped } from '../rehearsal-stopped.ts';
import { smokeTest } from './smoke-test.ts';

const USAGE = `npm run smoke -- --url https://portal.example.com

Signs in as the person of ATMO_SMOKE_EMAIL and ATMO_SMOKE_PASSWORD and does what people do: a key, a cluster, a Spark job,
a run. It needs AWS_REGION, and credentials for the deployment's account (to see what AWS was asked for) and the AWS CLI, and it removes
what it made. In an account it launches three small clusters for some minutes, and the alarm UndeliveredRuns may ring once.`;

const { values, positionals } = parseArgs({ options: { url: { type: 'string' } }, allowPositionals: true });
const url = values.url ?? positionals[0];
const [email, password] = [process.env['ATMO_SMOKE_EMAIL'], process.env['ATMO_SMOKE_PASSWORD']];

if (url === undefined || email === undefined || password === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const checks = new Checks();
  try {
    await smokeTest(checks, url, { email, password });
  } catch (error) {
    if (!(error instanceof RehearsalStopped)) throw error;
    process.exitCode = 1;
  }
  console.log(`\n${tableOf(checks.done)}`);
}
