import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { localControl } from '../../local/control.ts';
import type { ClusterView as EmrClusterView } from '../../local/emr/cluster-view.ts';
import { InvalidOrder } from '../../local/emulation/control-order.ts';
import type { LocalEmr } from '../../local/emr/server.ts';
import type { LocalEmrServerless } from '../../local/emr-serverless/server.ts';
import { openPeople } from '../../local/identity/people.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import type { JupyterLabs } from '../../local/spark/jupyter-labs.ts';

describe('local control', () => {
  let server: RunningServer;
  let directory: string;
  const advance = vi.fn<(milliseconds: number) => Promise<void>>();
  const emr = {
    control: vi.fn<LocalEmr['control']>(),
    clusters: vi.fn<LocalEmr['clusters']>().mockReturnValue([]),
    sessions: () => [],
    calls: vi.fn<LocalEmr['calls']>().mockReturnValue({ RunJobFlow: 2 }),
  };
  const emrServerless = {
    control: vi.fn<LocalEmrServerless['control']>(),
    jobRuns: () => [],
    sessions: () => [],
    calls: () => ({ StartJobRun: 3 }),
  };
  const open = vi.fn<JupyterLabs['open']>();
  const mails = [
    { to: ['a@example.com'], cc: [], subject: 's', text: 't', html: 'h', sentAt: '2026-11-23T10:00:00.000Z' },
  ];
  const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server.url + url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });

  beforeEach(async () => {
    advance.mockReset();
    advance.mockResolvedValue();
    emr.control.mockReset();
    emr.clusters.mockReturnValue([]);
    open.mockReset();
    const portalUrl = 'http://localhost:3000';
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-control-'));
    const people = openPeople(path.join(directory, 'people.json'));
    const mailbox = () => mails;
    const serve = localControl({
      portalUrl,
      advance,
      emr,
      emrServerless,
      mailbox,
      ses: { control: (order) => order as object },
      labs: { open },
      spark: () => ({ state: 'installing', message: 'emr-7.x [2/4] PySpark' }),
      people,
      report: () => {},
    });
    server = await listen(
      http.createServer((request, response) => void serve(request, response)),
      0,
    );
  });
  afterEach(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    'carol+spark@example.com',
    "o'hara@example.com",
    '"quoted local"@example.com',
    'jürgen@bücher.example',
    `${'x'.repeat(242)}@example.com`,
  ])('adds people, and changes them: %s', async (email) => {
    const added = await post('/local/people', { email, groups: ['analysts'] });
    expect(await added.json()).toMatchObject({ email, groups: ['analysts'], isDisabled: false });
    expect(openPeople(path.join(directory, 'people.json')).byEmail(email)).toMatchObject({ groups: ['analysts'] });
    await post('/local/people', { email: email.toUpperCase(), isDisabled: true });
    expect(openPeople(path.join(directory, 'people.json')).byEmail(email)).toBeUndefined();
    expect((await post('/local/sign-in', { email })).status).toBe(400);
  });

  it('moves the clock', async () => {
    const response = await post('/local/clock', { advance: 'PT7H' });
    expect(await response.json()).toEqual({ now: expect.stringMatching(/^\d{4}-.*Z$/) as unknown });
    expect(advance).toHaveBeenCalledWith(7 * 3_600_000);
  });

  it('orders and shows EMR, and shows the mailbox', async () => {
    emr.control.mockReturnValue({} as ReturnType<LocalEmr['control']>);
    expect((await post('/local/emr', { throttle: { RunJobFlow: 5 } })).status).toBe(200);
    expect(emr.control).toHaveBeenCalledWith({ throttle: { RunJobFlow: 5 } });
    expect(await (await fetch(`${server.url}/local/emr/calls`)).json()).toEqual({ RunJobFlow: 2 });
    expect(await (await fetch(`${server.url}/local/emr/clusters`)).json()).toEqual([]);
    emrServerless.control.mockReturnValue({} as ReturnType<LocalEmrServerless['control']>);
    expect((await post('/local/emr-serverless', { loseAnswers: 2 })).status).toBe(200);
    expect(emrServerless.control).toHaveBeenCalledWith({ loseAnswers: 2 });
    expect(await (await fetch(`${server.url}/local/emr-serverless/calls`)).json()).toEqual({ StartJobRun: 3 });
    expect(await (await fetch(`${server.url}/local/emr-serverless/job-runs`)).json()).toEqual([]);
    expect(await (await fetch(`${server.url}/local/mailbox`)).json()).toEqual(mails);
  });

  it.each([
    ['/local/clock', { advance: '7H' }, 'advance'],
    ['/local/clock', { advance: 'P400D' }, 'advance'],
    ['/local/clock', {}, 'advance'],
    ['/local/sign-in', { email: 'mallory@example.com' }, 'email'],
    ['/local/sign-in', { email: 7 }, 'email'],
    ['/local/people', { email: 'nobody' }, 'email'],
    ['/local/people', { email: `${'x'.repeat(243)}@example.com` }, 'email'],
    ['/local/people', { email: 'a\n@example.com' }, 'email'],
    ['/local/people', { email: 'a@example.com', groups: ['two words'] }, 'groups.0'],
    ['/local/people', { email: 'a@example.com', admin: true }, 'body'],
    ['/local/sign-in', '{', 'body'],
    ['/local/sign-in', '[]', 'body'],
    ['/local/emr', { failNext: 'x' }, 'failNext'],
  ])('refuses %s %j by the field', async (url, body, field) => {
    emr.control.mockImplementation(() => {
      throw new InvalidOrder('the local EMR', [{ field: 'failNext', message: 'Unknown' }]);
    });
    const response = await post(url, body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, errors: [{ field }] });
    expect(advance).not.toHaveBeenCalled();
  });

  it.each([
    ['another site', { Origin: 'http://evil.example' }],
    ['a page without origin on another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('refuses %s', async (_who, headers: Record<string, string>) => {
    expect((await post('/local/clock', { advance: 'PT1H' }, headers)).status).toBe(403);
    expect(advance).not.toHaveBeenCalled();
  });

  it('refuses a name that somebody else gave this machine', async () => {
    const status = await new Promise((resolve, reject) => {
      const url = `${server.url}/local/mailbox`;
      const request = http.get(url, { headers: { Host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
    });
    expect(status).toBe(421);
  });

  it('takes the portal’s own pages', async () => {
    expect((await post('/local/clock', { advance: 'PT1H' }, { Origin: 'http://localhost:3000' })).status).toBe(200);
  });

  describe('the way to a cluster’s Jupyter', () => {
    const LAB = 'http://127.0.0.1:4711/lab?token=t';
    const visit = (id: string): Promise<Response> =>
      fetch(`${server.url}/local/jupyter?cluster=${id}`, { redirect: 'manual' });
    const HELD = { id: 'j-1', releaseLabel: 'emr-spark-8.0.0' };
    const hold = (cluster: Partial<EmrClusterView>): void => {
      const held = { ...HELD, state: 'WAITING', tags: { Owner: 'a@example.com' }, endedAt: null, forgotten: false };
      emr.clusters.mockReturnValue([{ ...held, ...cluster } as EmrClusterView]);
    };

    it.each(['WAITING', 'RUNNING'] as const)('leads to its owner’s lab while it is %s', async (state) => {
      hold({ state });
      open.mockResolvedValue(LAB);
      const response = await visit('j-1');
      expect([response.status, response.headers.get('location')]).toEqual([302, LAB]);
      expect(open).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(HELD), 'a@example.com');
    });

    it.each([
      ['another one', { id: 'j-2' }, 404, 'GET /local/emr/clusters'],
      ['a forgotten one', { forgotten: true }, 404, 'GET /local/emr/clusters'],
      ['one that starts', { state: 'BOOTSTRAPPING' }, 409, 'Wait until'],
      ['one that is over', { state: 'TERMINATED', endedAt: '2026-11-23T10:00:00.000Z' }, 409, 'Launch another'],
      ['one without owner', { tags: {} }, 409, 'Owner'],
    ] as const)('starts none where EMR has only %s', async (_what, cluster, status, remedy) => {
      hold(cluster);
      const response = await visit('j-1');
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ status, detail: expect.stringContaining(remedy) as unknown });
      expect([response.status, open.mock.calls]).toEqual([status, []]);
    });

    it('says how Spark is installed where it is not', async () => {
      hold({});
      open.mockResolvedValue(null);
      const response = await visit('j-1');
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({
        title: 'Conflict',
        detail: expect.stringContaining('npm run spark:install') as unknown,
      });
    });

    it('asks for the cluster', async () => {
      expect(await (await fetch(`${server.url}/local/jupyter`)).json()).toMatchObject({
        errors: [{ field: 'cluster' }],
      });
    });
  });

  it('knows its paths and methods', async () => {
    expect((await fetch(`${server.url}/local/nothing`)).status).toBe(404);
    const response = await fetch(`${server.url}/local/sign-in`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
