import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { routes, type RouteName } from '../../shared/contract/api.ts';
import type { UpkeepItem } from '../../shared/contract/routes/admin-monitor.ts';
import { periodOf } from '../../shared/contract/upkeep.ts';
import { putBuilds } from '../builds/builds.ts';
import { PEOPLE, type WalkPerson } from '../permissions/people.ts';
import { RULES } from '../permissions/rules.ts';
import { startWalk, type Walk } from '../permissions/walk.ts';
import { newCaller, type Call } from './caller.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

const MINUTES = 60_000;

/** Routes whose answer of a minute ago is not the present one, and why. */
const CHANGING: Partial<Record<RouteName, string>> = {
  getClusterDefaults: 'A form reads its presets once; the name in them is a new one each time.',
  getSessionDefaults: 'A form reads its presets once; the name in them is a new one each time.',
  getSparkJobDefaults: 'A form reads its presets once; the start in them is the present.',
  listUpkeep: 'The tasks of every minute have run again.',
};

/** Routes that answer no JSON: a line of text, and a way to a file. */
const WITHOUT_TAG: ReadonlySet<RouteName> = new Set(['getRawSshKey', 'getNotebook']);

/** What a route is asked for where the objects of the walk do not say it. */
const PATHS: Partial<Record<RouteName, string>> = {
  checkSparkJobIdentifier: '/api/spark-jobs/identifier-available?identifier=free-for-all',
  listDocumentVersions: '/api/admin/documents/settings/versions',
};

const READ = (Object.keys(routes) as RouteName[]).filter(
  (name) =>
    routes[name].method === 'GET' &&
    routes[name].path.startsWith('/api/') &&
    CHANGING[name] === undefined &&
    !WITHOUT_TAG.has(name),
);

const personFor = (name: RouteName): WalkPerson => {
  const wanted = RULES[name].who === 'admins' ? 'admin' : 'owner';
  const person = PEOPLE.find((one) => one.name === wanted);
  if (person === undefined) throw new Error(`The walk lacks the ${wanted}.`);
  return person;
};

/** Pages ask every few seconds. An answer in which the clock alone moved would be sent anew each time. */
describe('an answer of the running portal', { timeout: 5 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-unchanged-'));
  let stack: StackProcess;
  let walk: Walk;
  let control: Call;
  const tags = new Map<RouteName, string | null>();

  const now = async (): Promise<number> => Date.parse(String((await control('/local/clock')).body['now']));
  /** Milliseconds until usage is added up once more, which changes what is told of it. */
  const untilUsage = async (): Promise<number> => {
    const answer = await walk.read(personFor('listUpkeep'), '/api/admin/upkeep', null);
    const { items } = (await answer.json()) as { readonly items: readonly UpkeepItem[] };
    const last = items.find(({ task }) => task === 'addUpUsage')?.lastStartedAt;
    if (typeof last !== 'string') throw new Error('Usage was never added up.');
    return Date.parse(last) + periodOf('addUpUsage').minutes * MINUTES - (await now());
  };

  const read = async (name: RouteName, etag: string | null): Promise<Response> => {
    const address = PATHS[name] ?? walk.pathOf(routes[name].path, walk.objects, RULES[name]);
    const answer = await walk.read(personFor(name), address, etag);
    await answer.arrayBuffer();
    return answer;
  };

  beforeAll(async () => {
    await putBuilds(directory);
    stack = await startStackProcess(directory);
    walk = await startWalk(stack.url);
    control = newCaller(() => stack.url);
    // Until what the walk launched has come to rest, and then to the beginning of links to files, which last five minutes.
    await control('/local/clock', { advance: 'PT30M' });
    const intoLinks = (await now()) % (5 * MINUTES);
    await control('/local/clock', { advance: `PT${Math.ceil((5 * MINUTES - intoLinks) / 1000) + 1}S` });
    // A minute in which usage stays as it is.
    if ((await untilUsage()) < 2 * MINUTES) await control('/local/clock', { advance: 'PT2M' });
    for (const name of READ) {
      const answer = await read(name, null);
      tags.set(name, answer.status === 200 ? answer.headers.get('etag') : null);
    }
    await control('/local/clock', { advance: 'PT1M' });
  }, 5 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it.each(READ)('to %s is not sent again a minute later', async (name) => {
    const tag = tags.get(name) ?? null;
    expect(tag).not.toBeNull();
    expect((await read(name, tag)).status).toBe(304);
  });
});
