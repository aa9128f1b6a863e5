import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startStackProcess } from '../local/stack-process.ts';
import { run, virtualEnvironment } from '../python/virtual-environment.ts';

/**
 * `npm run fuzz`: schemathesis makes requests from the running portal's own OpenAPI document, right and wrong ones, and checks
 * the answers against it. Arguments go to schemathesis: `npm run fuzz -- --seed 7 --phases fuzzing`.
 */
const ARGUMENTS = [
  ['--phases', 'coverage'],
  ['--checks', 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'],
  ['--seed', '20261126'],
  ['--workers', '2'],
  // A request that hangs fails.
  ['--request-timeout', '20'],
  ['--continue-on-failure'],
  ['--warnings', 'off'],
  // Signing in and out would end the session of all that follows; what browsers report has a type of its own.
  ['--exclude-path-regex', '^/auth/|csp'],
].flat();

const python = await virtualEnvironment({
  name: 'fuzz',
  minor: 10,
  requirements: path.join(import.meta.dirname, 'requirements.txt'),
  purpose: 'schemathesis, which makes requests from an OpenAPI document',
});
if ('missing' in python) throw new Error(`schemathesis cannot start: ${python.missing}.`);

/** An admin may call every route. @returns the session as a browser sends it */
const signedIn = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/local/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email: 'admin@example.com' }),
  });
  if (!answer.ok) throw new Error(`/local/sign-in answered ${answer.status}.`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
};

const directory = mkdtempSync(path.join(tmpdir(), 'atmo-fuzz-'));
const stack = await startStackProcess(directory);
try {
  const headers = ['--header', `Cookie: ${await signedIn(stack.url)}`, '--header', `Origin: ${stack.url}`];
  const schemathesis = path.join(python.bin, 'schemathesis');
  const document = `${stack.url}/api/openapi.json`;
  process.exitCode = await run(schemathesis, ['run', document, ...headers, ...ARGUMENTS, ...process.argv.slice(2)]);
  const { status } = await fetch(`${stack.url}/__heartbeat__`);
  const log = readFileSync(path.join(directory, 'stack.log'), 'utf8');
  if (status !== 200 || /Uncaught/.test(log))
    throw new Error(`The stack answered ${status} afterwards:\n${log.slice(-2000)}`);
} finally {
  await stack.end();
  rmSync(directory, { recursive: true });
}
