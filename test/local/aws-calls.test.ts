import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PERIODIC_TASKS } from '../../shared/contract/upkeep.ts';
import { putBuilds } from '../builds/builds.ts';
import { columns } from '../infra/readable.ts';
import { newCaller, type Call } from './caller.ts';
import { makeFirstOfEach, type FirstOfEach } from './first-of-each.ts';
import { fewestCalls, recordedCalls, RECORDING, type Invocation } from './recorded-calls.ts';
import { shownPaths } from './shown-paths.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';
import { uploadNotebook } from './upload-notebook.ts';

const MINUTES = 60_000;

/** What is kept in memory is read by the first of them. */
const TIMES = 3;

/**
 * Of a run in DynamoDB, from its request to its mail. No exact numbers: where an event and the workflow change the same job at
 * once, one of them reads and writes again.
 */
const MOST_READS = 64;
const MOST_WRITES = 32;

/**
 * Calls of the SDK by the real functions, counted in the whole local stack with one object of each kind. A row changes where a
 * function makes more calls than it did, or fewer: `-u` records that.
 */
describe('calls to AWS', { timeout: 5 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-calls-'));
  let stack: StackProcess;
  let call: Call;
  let first: FirstOfEach;

  const table = (rows: readonly (readonly [what: string, calls: string])[]): string => `${columns(rows).join('\n')}\n`;
  /** What was invoked meanwhile. */
  const during = async (act: () => Promise<unknown>): Promise<readonly Invocation[]> => {
    const before = recordedCalls(directory).length;
    await act();
    return recordedCalls(directory).slice(before);
  };
  const routeKeyOf = ({ payload }: Invocation): unknown => (payload as { routeKey?: string }).routeKey;
  const taskOf = ({ function: name, payload }: Invocation): unknown =>
    name.endsWith('-upkeep') ? (payload as { task?: string }).task : undefined;
  const advance = (duration: string) => call('/local/clock', { advance: duration });
  const must = async (status: number, pathname: string, body: unknown, method?: string) => {
    const answer = await call(pathname, body, method);
    expect([pathname, answer.status, answer.body]).toEqual([pathname, status, answer.body]);
    return answer.body;
  };

  beforeAll(async () => {
    // Shortly before the daily tasks of tomorrow.
    const start = new Date();
    start.setUTCHours(24 + 3, 0, 0, 0);
    writeFileSync(
      path.join(directory, 'clock.json'),
      JSON.stringify({ ahead: start.getTime() - Date.now(), latest: 0 }),
    );
    await putBuilds(directory);
    stack = await startStackProcess(directory, '0', RECORDING);
    call = newCaller(() => stack.url);
    await call('/local/sign-in', { email: 'admin@example.com' });
    first = await makeFirstOfEach(call);
  }, 3 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it('of each list and each page are as recorded', async () => {
    const rows: [string, string][] = [];
    for (const [route, shown] of shownPaths(first)) {
      const asked = await during(async () => {
        for (let time = 0; time < TIMES; time += 1) await must(200, shown, undefined);
      });
      rows.push([`GET ${route}`, fewestCalls(asked.filter((each) => routeKeyOf(each) === `GET ${route}`))]);
    }
    await expect(table(rows)).toMatchFileSnapshot('tables/calls-of-routes.txt');
  });

  it('of each periodic task are as recorded', async () => {
    const hour = await during(() => advance('PT1H'));
    const rows = Object.keys(PERIODIC_TASKS).map((task): [string, string] => [
      task,
      fewestCalls(hour.filter((each) => taskOf(each) === task)),
    ]);
    await expect(table(rows)).toMatchFileSnapshot('tables/calls-of-tasks.txt');
  });

  it('of each change, launch and run are as recorded', async () => {
    const { sshKeyId, identifier } = first;
    const limits = { size: 1, lifetime: 2, emrRelease: '7.13.0' };
    const job = (name: string, engine: string) => async () => {
      const notebookUploadId = await uploadNotebook(call);
      const job = {
        identifier: name,
        description: 'Greets',
        startDate: '2099-01-01T00:00:00Z',
        engine,
        notebookUploadId,
      };
      return must(201, '/api/spark-jobs', job);
    };
    await job('of-clusters', 'cluster')();
    const acts: Readonly<Record<string, (time: number) => Promise<unknown>>> = {
      'POST /api/clusters': (time) => must(201, '/api/clusters', { ...limits, identifier: `c-${time}`, sshKeyId }),
      'POST /api/clusters/{id}/extend': () => must(200, `/api/clusters/${first.clusterId}/extend`, { hours: 2 }),
      'POST /api/sessions': (time) => must(201, '/api/sessions', { ...limits, name: `s-${time}`, idleMinutes: 30 }),
      'POST /api/spark-jobs': (time) => job(`j-${time}`, 'serverless')(),
      'POST /api/spark-jobs/{identifier}/run': () => must(202, `/api/spark-jobs/${identifier}/run`, {}),
    };
    const rows: [string, string][] = [];
    for (const [route, act] of Object.entries(acts)) {
      const made: Invocation[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        made.push(...(await during(() => act(time))).filter((each) => routeKeyOf(each) === route));
        await advance('PT5M');
      }
      rows.push([route, fewestCalls(made)]);
    }
    for (const [engine, name] of Object.entries({ 'EMR Serverless': identifier, 'a cluster': 'of-clusters' })) {
      const runs: Invocation[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const all = await during(async () => {
          await must(202, `/api/spark-jobs/${name}/run`, {});
          await advance('PT5M');
        });
        const calls = all.filter((each) => taskOf(each) === undefined).flatMap((each) => each.calls);
        const inDynamoDb = calls.filter((each) => each.name.startsWith('DynamoDB '));
        const reads = inDynamoDb.filter((each) => /Get|Query/.test(each.name)).length;
        expect(reads).toBeLessThanOrEqual(MOST_READS);
        expect(inDynamoDb.length - reads).toBeLessThanOrEqual(MOST_WRITES);
        const others = calls.filter((each) => !inDynamoDb.includes(each));
        runs.push({ function: 'run', payload: null, from: 0, until: 0, calls: others });
      }
      rows.push([`a run on ${engine}, beside DynamoDB`, fewestCalls(runs)]);
    }
    await expect(table(rows)).toMatchFileSnapshot('tables/calls-of-changes.txt');
  });
});
