import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { putBuilds } from '../builds/builds.ts';
import { newCaller, type Call } from './caller.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

const MINUTES = 60_000;
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const NOT_READY = { status: 409, body: { type: '/problems/not-ready' } };

/** Spark Connect on clusters, by the API of the whole local stack, without Spark. */
describe('a cluster of the local EMR', { timeout: 5 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-cluster-connect-'));
  let stack: StackProcess;
  let alice: Call;
  let admin: Call;
  let sshKeyId: unknown;

  const signedIn = async (name: string): Promise<Call> => {
    const call = newCaller(() => stack.url);
    await call('/local/sign-in', { email: `${name}@example.com` });
    return call;
  };
  const sessions = async () => (await alice('/local/emr/sessions')).body as unknown as readonly unknown[];

  /** The path of a new cluster of Alice's, which is ready. */
  const launched = async (identifier: string, emrRelease: string): Promise<string> => {
    const { body } = await alice('/api/clusters', { identifier, sshKeyId, emrRelease });
    await alice('/local/clock', { advance: 'PT3M' });
    return `/api/clusters/${String(body['id'])}`;
  };

  beforeAll(async () => {
    await putBuilds(directory);
    stack = await startStackProcess(directory);
    [alice, admin] = [await signedIn('alice'), await signedIn('admin')];
    sshKeyId = (await alice('/api/ssh-keys', { title: 'laptop', key: KEY })).body['id'];
  }, 3 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it('offers Connect by its release: one session, an address for its owner alone, and nothing after its end', async () => {
    await alice('/local/emr', { sessionsWithoutSpark: true });
    const cluster = await launched('lively-bohr', 'spark-8.0.0');
    expect((await alice(cluster)).body).toMatchObject({ connect: { sparkVersion: '4.0.2', pythonVersion: '3.11' } });
    expect(await admin(`${cluster}/connection`, {})).toMatchObject({ status: 403 });
    expect(await alice(`${cluster}/connection`, {})).toMatchObject(NOT_READY);
    await alice('/local/clock', { advance: 'PT1M' });
    const connected = await alice(`${cluster}/connection`, {});
    expect(connected).toMatchObject({
      status: 200,
      body: {
        url: expect.stringMatching(/^sc:\/\/localhost:\d+\/;x-aws-proxy-auth=[\w-]+;authorization=is-\w+$/) as string,
        install: 'pip install "pyspark[connect]==4.0.2"',
      },
    });
    expect(await alice(`${cluster}/connection`, {})).toMatchObject({ status: 200 });
    expect(await sessions()).toMatchObject([{ state: 'IDLE', tags: { Application: 'ATMO', Type: 'session' } }]);

    const { body: trail } = await admin('/api/admin/audit?action=cluster.connect');
    expect(trail['items']).toHaveLength(2);
    expect(JSON.stringify(trail)).not.toContain(String(connected.body['token']));

    await alice(`${cluster}/terminate`, {});
    await alice('/local/clock', { advance: 'PT3M' });
    expect(await alice(`${cluster}/connection`, {})).toMatchObject({ status: 409, body: { type: 'about:blank' } });
    expect(await sessions()).toMatchObject([{ state: 'TERMINATED' }]);
  });

  it('says what to install where there is no Spark, and what to choose where its release has no sessions', async () => {
    await alice('/local/emr', { sessionsWithoutSpark: false });
    const cluster = await launched('curious-planck', 'spark-8.0.0');
    expect(await alice(`${cluster}/connection`, {})).toMatchObject(NOT_READY);
    expect(await alice(`${cluster}/connection`, {})).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('npm run spark:install') as string },
    });
    const older = await launched('older-one', '7.13.0');
    expect((await alice(older)).body).toMatchObject({ connect: null });
    expect(await alice(`${older}/connection`, {})).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('from spark-8.0.0 on') as string },
    });
  });
});
