import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { newCaller, type Call } from '../local/caller.ts';
import { startStackProcess } from '../local/stack-process.ts';
import { newLedger, type Kind } from './ledger.ts';
import { load } from './load.ts';

/**
 * `npm run crashes -- --times 50` kills the local stack at random moments under load and starts it again on the same data: nothing
 * that it acknowledged is lost or doubled, and EMR runs nothing that it does not know.
 */
const { values } = parseArgs({ options: { times: { type: 'string', default: '50' } } });
const times = Number(values.times);

const PEOPLE = 4;
/** Milliseconds. */
const LONGEST_LOAD = 4000;

const LISTS: Readonly<Record<Kind, { readonly path: string; readonly name: string }>> = {
  key: { path: '/api/ssh-keys?limit=100', name: 'title' },
  job: { path: '/api/spark-jobs?limit=100', name: 'identifier' },
  cluster: { path: '/api/clusters?status=all&limit=100', name: 'identifier' },
};

type Item = Readonly<Record<string, unknown>>;

const directory = mkdtempSync(join(tmpdir(), 'atmo-crashes-'));
let stack = await startStackProcess(directory);
const signedIn = async (email: string): Promise<Call> => {
  const call = newCaller(() => stack.url);
  await call('/local/sign-in', { email });
  return call;
};

const all = async (call: Call, path: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let next: string | null = path;
  while (next !== null) {
    const { body } = await call(next);
    items.push(...(body['items'] as readonly Item[]));
    const cursor = body['cursor'] as string | null;
    next = cursor === null ? null : `${path}&cursor=${encodeURIComponent(cursor)}`;
  }
  return items;
};

const raiseQuotas = async (): Promise<void> => {
  const admin = await signedIn('admin@example.com');
  const { body } = await admin('/api/admin/quotas');
  const everyone = { ...(body['everyone'] as Item), clusters: 100, workers: null, sparkJobs: 1000, sshKeys: 100 };
  const { status } = await admin('/api/admin/quotas', { ...body, everyone }, 'PUT');
  if (status !== 200) throw new Error(`The quotas could not be raised: ${status}`);
};

/** Clusters that EMR runs and the portal does not have as active. */
const unknownToPortal = async (maintainer: Call): Promise<readonly string[]> => {
  const active = await all(maintainer, '/api/clusters?status=active&limit=100');
  const known = new Set(active.map(({ jobflowId }) => jobflowId));
  const { body } = await maintainer('/local/emr/clusters');
  return (body as unknown as readonly Item[])
    .filter(({ state }) => !String(state).startsWith('TERMINATED'))
    .map(({ id }) => String(id))
    .filter((id) => !known.has(id));
};

await raiseQuotas();
const person = await signedIn('maintainer@example.com');
const ledger = newLedger();
const { body: first } = await person('/api/ssh-keys', {
  title: 'kept',
  key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
});
const work = load(person, ledger, () => String(first['id']));

let found = 0;
const check = async (): Promise<void> => {
  for (const kind of Object.keys(LISTS) as Kind[]) {
    const names = (await all(person, LISTS[kind].path)).map((item) => String(item[LISTS[kind].name]));
    for (const problem of ledger.problems(kind, names)) {
      found += 1;
      console.log('  ', JSON.stringify(problem));
    }
  }
};

for (let time = 1; time <= times; time += 1) {
  const working = Array.from({ length: PEOPLE }, work);
  const lifetime = Math.random() * LONGEST_LOAD;
  await new Promise((resolve) => setTimeout(resolve, lifetime));
  await stack.end('SIGKILL');
  await Promise.all(working);
  stack = await startStackProcess(directory);
  await check();
  console.log(
    `${time} of ${times}: killed after ${Math.round(lifetime)} ms, ${ledger.count()} acts, ${found} lost or doubled`,
  );
}

// The grace of what nobody knows, and the sweeps after it.
await person('/local/clock', { advance: 'PT1H' });
const unknown = await unknownToPortal(person);
console.log(
  `${unknown.length} clusters that EMR runs and nobody knows${unknown.length > 0 ? `: ${unknown.join(', ')}` : ''}`,
);
await stack.end();
rmSync(directory, { recursive: true });
if (found + unknown.length > 0) process.exitCode = 1;
