import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { putBuilds } from '../builds/builds.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

type Json = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;

/** Runs of size 3 have four workers of 4 vCPUs at once, and an application has 128. */
const CAPACITY = 8;

/** Spark jobs on EMR Serverless by the API of the whole local stack, without Spark. */
describe('Spark jobs on the local EMR Serverless', { timeout: 5 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-serverless-'));
  let stack: StackProcess;
  let cookies = '';

  const call = (pathname: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Response> =>
    fetch(stack.url + pathname, {
      method,
      headers: { Cookie: cookies, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const must = async (status: number, pathname: string, body?: unknown, method?: string): Promise<Json> => {
    const response = await call(pathname, body, method);
    const answer = (await response.json()) as Json;
    expect([response.status, answer]).toEqual([status, answer]);
    return answer;
  };
  const advance = (duration: string) => must(200, '/local/clock', { advance: duration });

  const upload = async (fileName: string): Promise<string> => {
    const file = notebookText(fileName);
    const { uploadId, url, fields } = await must(201, '/api/notebook-uploads', { fileName, size: file.length });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields as Record<string, string>)) form.append(name, value);
    form.append('file', new Blob([file]), fileName);
    expect((await fetch(String(url), { method: 'POST', body: form })).ok).toBe(true);
    return String(uploadId);
  };

  /** A job that never starts by itself while this test goes on. */
  const job = async (identifier: string, changes: object = {}, fileName = 'greeting.ipynb') => ({
    identifier,
    description: 'Greets somebody.',
    startDate: '2099-01-01T00:00:00Z',
    notebookUploadId: await upload(fileName),
    ...changes,
  });
  const runNow = async (identifier: string): Promise<string> =>
    `/api/spark-jobs/${identifier}/runs/${String((await must(202, `/api/spark-jobs/${identifier}/run`, {}))['id'])}`;
  const mails = async (): Promise<readonly { readonly subject: string }[]> =>
    (await (await call('/local/mailbox')).json()) as { subject: string }[];

  beforeAll(async () => {
    await putBuilds(directory);
    stack = await startStackProcess(directory);
    const signedIn = await call('/local/sign-in', { email: 'alice@example.com' });
    cookies = signedIn.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .join('; ');
  }, 3 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it('are the default for Jupyter notebooks; Zeppelin notes get a cluster', async () => {
    expect(await must(200, '/api/spark-jobs/defaults')).toMatchObject({
      engine: 'serverless',
      engines: ['serverless', 'cluster'],
    });
    expect(await must(201, '/api/spark-jobs', await job('notebook'))).toMatchObject({ engine: 'serverless' });
    const note = await job('note', {}, 'cases/zeppelin-0.6.json');
    const { errors } = await must(400, '/api/spark-jobs', { ...note, engine: 'serverless' });
    expect(errors).toMatchObject([{ field: 'engine', message: expect.stringContaining('cluster') as string }]);
    expect(await must(201, '/api/spark-jobs', note)).toMatchObject({ engine: 'cluster' });
  });

  it('are not executed without Spark, and say what to install; nobody is mailed', async () => {
    const run = await runNow('notebook');
    await advance('PT10M');
    expect(await must(200, run)).toMatchObject({
      engine: 'serverless',
      status: 'SUCCESS',
      outcome: 'failed',
      reason: { code: 'NOT_EXECUTED', message: expect.stringContaining('npm run spark:install') as string },
    });
    expect(await mails()).toEqual([]);
    expect(await must(200, '/local/emr-serverless/calls')).toMatchObject({ StartJobRun: 1 });
    expect(await must(200, '/local/emr/calls')).not.toHaveProperty('RunJobFlow');
  });

  it('keep the engine of a run while it goes on, whatever becomes of the job’s', async () => {
    await must(200, '/local/emr-serverless', { startSeconds: 1800 });
    const wanted = await job('switched', { emrRelease: '7.13.0' });
    await must(201, '/api/spark-jobs', wanted);
    const first = await runNow('switched');
    await advance('PT1M');
    const { identifier: _, notebookUploadId: __, ...settings } = wanted;
    const changed = { ...settings, startDate: null, engine: 'cluster' };
    expect(await must(200, '/api/spark-jobs/switched', changed, 'PUT')).toMatchObject({
      engine: 'cluster',
      isRunnable: false,
      latestRun: { engine: 'serverless', phase: 'starting' },
    });
    await must(409, '/api/spark-jobs/switched/run', {});
    await advance('PT45M');
    expect(await must(200, first)).toMatchObject({ engine: 'serverless', status: 'SUCCESS' });
    const second = await runNow('switched');
    await advance('PT20M');
    expect(await must(200, second)).toMatchObject({ engine: 'cluster', jobRunId: null, phase: 'ended' });
    expect(await must(200, '/local/emr/calls')).toMatchObject({ RunJobFlow: 1 });
  });

  it('have sessions beside them, with a role of their own, which the upkeep follows though nobody looks at them', async () => {
    await must(200, '/local/emr-serverless', { startSeconds: 2, sessionsWithoutSpark: true });
    await must(201, '/api/sessions', { name: 'exploration', emrRelease: '7.13.0' });
    const held = (await (await call('/local/emr-serverless/sessions')).json()) as { executionRoleArn: string }[];
    expect(held.map(({ executionRoleArn }) => executionRoleArn)).toEqual([
      expect.stringMatching(/role\/atmo-\S+-serverless-session$/),
    ]);
    await advance('PT5M');
    const statuses = async () =>
      ((await must(200, '/api/sessions?status=all'))['items'] as { status: string }[]).map(({ status }) => status);
    expect(await statuses()).toEqual(['IDLE']);
    await advance('PT1H');
    expect(await statuses()).toEqual(['TERMINATED']);
  });

  it('wait in the queue at the limit of capacity and say so, are cancelled there, and missed after its time', async () => {
    await must(200, '/local/emr-serverless', { startSeconds: 60, runSeconds: 12 * 3600 });
    const identifiers = Array.from({ length: CAPACITY + 2 }, (_, index) => `wide-${index}`);
    const runs: string[] = [];
    for (const identifier of identifiers) {
      await must(201, '/api/spark-jobs', await job(identifier, { size: 3, timeout: 24 }));
      runs.push(await runNow(identifier));
      // One after the other, so that the last ones find no room.
      await advance('PT1M');
    }
    await advance('PT5M');
    const answers = await Promise.all(runs.map((run) => must(200, run)));
    expect(answers.map(({ status }) => status)).toEqual([
      ...identifiers.slice(2).map(() => 'RUNNING'),
      ...['QUEUED', 'QUEUED'],
    ]);
    const [cancelled, missed] = runs.slice(CAPACITY) as [string, string];
    expect(await must(200, missed)).toMatchObject({ phase: 'starting', outcome: null, readyAt: null });

    await must(202, `${cancelled}/terminate`, {});
    await advance('PT5M');
    expect(await must(200, cancelled)).toMatchObject({ status: 'CANCELLED', outcome: 'cancelled', cost: { soFar: 0 } });

    // The application's queueTimeoutMinutes: 360.
    await advance('PT6H');
    expect(await must(200, missed)).toMatchObject({
      status: 'MISSED',
      outcome: 'missed',
      reason: { code: 'QUEUE_TIMEOUT' },
      cost: { soFar: 0 },
    });
    expect((await mails()).map(({ subject }) => subject)).toEqual([expect.stringContaining('missed')]);
  });
});
