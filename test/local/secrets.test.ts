import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Level } from 'level';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { putBuilds } from '../builds/builds.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

type Json = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;

/** Another's: Cognito keeps its tokens, and EMR the arguments of its steps. */
const NOT_THE_PORTALS = ['identity-grants.json', 'identity-keys.json', path.join('emr', 'clusters'), 'dynamodb', 'web'];

/** What each of these people can read of the portal. */
const PATHS = [
  ...['/api/me', '/api/me/usage', '/api/people', '/api/clusters?status=all', '/api/sessions?status=all'],
  ...['/api/spark-jobs', '/api/spark-jobs/canary', '/api/spark-jobs/canary/runs', '/api/spark-jobs/canary/notebook'],
  ...['overview', 'clusters?status=all', 'sessions?status=all', 'spark-jobs', 'ssh-keys', 'alerts', 'settings'].map(
    (section) => `/api/admin/${section}`,
  ),
  ...['people', 'audit?limit=100', 'upkeep', 'usage'].map((section) => `/api/admin/${section}`),
];

/** A person's requests to the stack, with the cookies of one sign-in. */
const signedIn = async (stack: StackProcess, email: string) => {
  const answer = await fetch(`${stack.url}/local/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  const call = (pathname: string, body?: unknown): Promise<Response> =>
    fetch(stack.url + pathname, {
      headers: { 'Content-Type': 'application/json', Cookie: cookies.join('; ') },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  const must = async (pathname: string, body?: unknown): Promise<Json> => {
    const response = await call(pathname, body);
    if (!response.ok) throw new Error(`${pathname}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Json;
  };
  const values = cookies.map((cookie) => decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)));
  return { call, must, cookies: values.filter((value) => value !== '') };
};

const filesIn = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));

/** All that is in the table and its indexes. */
const itemsIn = async (directory: string): Promise<string> => {
  const database = new Level(path.join(directory, 'dynamodb'));
  const entries = await database.iterator().all();
  await database.close();
  return JSON.stringify(entries);
};

describe('secrets of a person', { timeout: 5 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-secrets-'));
  let stack: StackProcess;
  /** By what it opens. */
  const secrets: Record<string, string> = {};
  /** By where it stands. */
  const texts: Record<string, string> = {};

  const found = (text: string): readonly string[] =>
    Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret))
      .map(([what]) => what);

  const upload = async (alice: Awaited<ReturnType<typeof signedIn>>): Promise<unknown> => {
    const file = notebookText('greeting.ipynb');
    const { uploadId, url, fields } = await alice.must('/api/notebook-uploads', {
      fileName: 'greeting.ipynb',
      size: Buffer.byteLength(file),
    });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields as Record<string, string>)) form.append(name, value);
    form.append('file', new Blob([file]), 'greeting.ipynb');
    await fetch(String(url), { method: 'POST', body: form });
    return uploadId;
  };

  beforeAll(async () => {
    await putBuilds(directory);
    stack = await startStackProcess(directory);
    const alice = await signedIn(stack, 'alice@example.com');
    for (const [at, cookie] of alice.cookies.entries()) secrets[`cookie ${at}`] = cookie;

    // Without Spark on this machine the service keeps a session that takes no client.
    await alice.must('/local/emr-serverless', { sessionsWithoutSpark: true });
    const { id } = await alice.must('/api/sessions', { name: 'canary', emrRelease: '7.13.0', size: 1, lifetime: 2 });
    const session = `/api/sessions/${String(id)}`;
    await alice.must('/api/spark-jobs', {
      identifier: 'canary',
      description: 'What every search below finds',
      // Its first run is due at once.
      engine: 'cluster',
      notebookUploadId: await upload(alice),
    });
    await alice.must('/local/clock', { advance: 'PT8M' });
    secrets['token of a session'] = String((await alice.must(`${session}/connection`, {}))['token']);
    await alice.must('/local/clock', { advance: 'PT1H' });

    for (const email of ['alice@example.com', 'bob@example.com', 'maintainer@example.com', 'admin@example.com']) {
      const person = await signedIn(stack, email);
      for (const pathname of [...PATHS, session])
        texts[`${pathname} of ${email}`] = await (await person.call(pathname)).text();
    }
    await stack.end();
    const clusters = path.join(directory, 'emr', 'clusters');
    const steps = filesIn(clusters).map((name) => readFileSync(path.join(clusters, name), 'utf8'));
    secrets['secret of a run'] = /"--run-secret","([^"]+)"/.exec(steps.join('\n'))?.[1] ?? '';
    for (const name of filesIn(directory))
      if (!NOT_THE_PORTALS.some((other) => name.startsWith(other)))
        texts[name] = readFileSync(path.join(directory, name), 'latin1');
    texts['items'] = await itemsIn(directory);
  }, 5 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it('were all made', () => {
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(['cookie 0', 'token of a session', 'secret of a run']));
    for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThan(30);
  });

  it('would be found in items, in the log, in files and in answers', () => {
    expect(texts['items']).toContain('What every search below finds');
    expect(texts['stack.log']).toContain('"service":"atmo"');
    expect(Object.keys(texts).filter((name) => name.startsWith('s3/'))).not.toEqual([]);
    expect(texts['/api/spark-jobs of alice@example.com']).toContain('What every search below finds');
  });

  it('are in no item, no log, no mail, no notebook and no answer but the one that made them', () => {
    const places = Object.entries(texts).flatMap(([where, text]) => found(text).map((what) => `${what}: ${where}`));
    expect(places).toEqual([]);
  });
});
