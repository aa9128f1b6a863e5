import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startStackProcess, type StackProcess } from './stack-process.ts';

const HOUR = 3_600_000;

/** Synthesis and pages are built on the way; a busy machine takes its time. */
const MINUTES = 60_000;

describe('the whole local stack', { timeout: 3 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-stack-'));
  let stack: StackProcess;
  let url: string;
  let cookies: string[];

  const begin = async (port?: string): Promise<void> => {
    stack = await startStackProcess(directory, port);
    ({ url } = stack);
  };
  const call = (pathname: string, body?: unknown, method = 'POST'): Promise<Response> =>
    fetch(url + pathname, {
      headers: { Cookie: cookies.join('; '), 'Content-Type': 'application/json' },
      ...(body !== undefined && { method, body: JSON.stringify(body) }),
    });
  const json = async (response: Promise<Response>): Promise<Record<string, unknown>> =>
    (await (await response).json()) as Record<string, unknown>;
  const now = async (): Promise<number> => Date.parse(String((await json(call('/local/clock')))['now']));

  beforeAll(async () => {
    cookies = [];
    await begin();
  }, 3 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it('answers what load balancers and browsers ask first', async () => {
    expect((await call('/__lbheartbeat__')).status).toBe(200);
    expect(await json(call('/__heartbeat__'))).toMatchObject({ status: 'ok' });
    const page = await call('/clusters');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const unknown = await call('/api/nothing');
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('signs a demo person in as a completed sign-in would', async () => {
    expect((await call('/api/me')).status).toBe(401);
    const signedIn = await call('/local/sign-in', { email: 'maintainer@example.com' });
    expect(signedIn.status).toBe(200);
    cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    expect(await json(call('/api/me'))).toMatchObject({
      email: 'maintainer@example.com',
      groups: ['cluster-maintainers', 'job-maintainers'],
    });
  });

  it('launches a cluster that is ready, warns, and is ended when its time has passed', async () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl stack';
    const { id: sshKeyId } = await json(call('/api/ssh-keys', { title: 'Key', key }));
    const { emrRelease } = await json(call('/api/clusters/defaults'));
    const launched = await json(
      call('/api/clusters', { identifier: 'one', size: 1, lifetime: 2, sshKeyId, emrRelease }),
    );
    expect(launched).toMatchObject({ status: 'STARTING', isActive: true });
    const cluster = (): Promise<Record<string, unknown>> => json(call(`/api/clusters/${String(launched['id'])}`));

    const before = await now();
    await json(call('/local/clock', { advance: 'PT30M' }));
    expect(await cluster()).toMatchObject({ status: 'WAITING', isReady: true });
    await json(call('/local/clock', { advance: 'PT2H' }));
    expect(await cluster()).toMatchObject({ status: 'TERMINATED', isActive: false });
    expect(await now()).toBeGreaterThanOrEqual(before + 2.5 * HOUR);

    const mails = (await (await call('/local/mailbox')).json()) as { to: string[]; subject: string; sentAt: string }[];
    expect(mails).toMatchObject([
      { to: ['maintainer@example.com'], subject: expect.stringContaining('one') as unknown },
    ]);
    expect(await json(call('/local/emr/calls'))).toMatchObject({ RunJobFlow: 1 });
  });

  it('refuses somebody who was disabled, ends their clusters and tells the admins; what was transferred goes on', async () => {
    const signedInAs = async (email: string) => {
      const session = (await call('/local/sign-in', { email })).headers.getSetCookie();
      const Cookie = session.map((cookie) => cookie.split(';')[0] ?? '').join('; ');
      return (pathname: string, body?: unknown): Promise<Response> =>
        fetch(url + pathname, {
          headers: { Cookie, 'Content-Type': 'application/json' },
          ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        });
    };
    const [alice, bob, admin] = await Promise.all(
      ['alice@example.com', 'bob@example.com', 'admin@example.com'].map(signedInAs),
    );
    if (alice === undefined || bob === undefined || admin === undefined) throw new Error('Nobody signed in');
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice';
    const { id: sshKeyId } = await json(alice('/api/ssh-keys', { title: 'Key', key }));
    const { emrRelease } = await json(alice('/api/clusters/defaults'));
    const launch = (identifier: string) =>
      json(alice('/api/clusters', { identifier, size: 1, lifetime: 8, sshKeyId, emrRelease }));
    const [kept, ended] = [await launch('kept'), await launch('ended')];
    await json(call('/local/clock', { advance: 'PT30M' }));

    expect(await json(admin(`/api/admin/clusters/${String(kept['id'])}/transfer`, { owner: 'bob' }))).toMatchObject({
      owner: 'bob',
      keyOwner: 'alice',
      status: 'WAITING',
    });
    expect(await json(alice('/api/people?query=bo'))).toMatchObject({ items: [{ email: 'bob@example.com' }] });

    await call('/local/people', { email: 'alice@example.com', isDisabled: true });
    expect((await call('/local/sign-in', { email: 'alice@example.com' })).status).toBe(400);
    // Her ID token is due for renewal, which is refused.
    await json(call('/local/clock', { advance: 'PT14M' }));
    expect((await alice('/api/me')).status).toBe(401);
    await json(call('/local/clock', { advance: 'PT1H30M' }));
    expect(await json(admin(`/api/clusters/${String(ended['id'])}`))).toMatchObject({
      status: 'TERMINATED',
      termination: { by: 'ATMO', reason: 'ownerLeft' },
    });
    expect(await json(bob(`/api/clusters/${String(kept['id'])}`))).toMatchObject({ status: 'WAITING' });
    const mails = (await (await call('/local/mailbox')).json()) as { to: string[]; subject: string; text: string }[];
    const told = mails.filter(({ subject }) => subject.includes('has left'));
    expect(told).toMatchObject([{ to: ['admin@example.com'], subject: expect.stringContaining('alice') as unknown }]);
    expect(told[0]?.text).toContain('Clusters: ended');
    await bob(`/api/clusters/${String(kept['id'])}/terminate`, {});
    await call('/local/people', { email: 'alice@example.com' });
    expect((await (await signedInAs('alice@example.com'))('/api/me')).status).toBe(200);
  });

  it('keeps its state and the sessions over a restart', async () => {
    const before = await now();
    expect(await stack.end()).toBe(0);
    await begin(new URL(url).port);
    expect(await now()).toBeGreaterThanOrEqual(before);
    expect((await now()) - before).toBeLessThan(HOUR);
    expect(await json(call('/api/me'))).toMatchObject({ email: 'maintainer@example.com' });
    expect(await json(call('/api/clusters?status=all'))).toMatchObject({
      items: [{ identifier: 'one', status: 'TERMINATED' }],
    });
    expect(await (await call('/local/mailbox')).json()).toHaveLength(2);
  });

  it('says so when a second stack wants the same data', async () => {
    await expect(startStackProcess(directory)).rejects.toThrow(
      /^The data in .* is in use by another running stack\. .*\n$/,
    );
  });
});
