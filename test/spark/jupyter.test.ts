import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { accepting, freePort } from '../../local/spark/ports.ts';
import { jupyterLabs } from '../../local/spark/jupyter-labs.ts';
import { SCRIPTS, workPaths } from '../../local/spark/paths.ts';
import { LOCAL_DIRECTORY, SPARK } from './spark-stack.ts';

interface KernelModel {
  readonly id: string;
  readonly execution_state: string;
}

/** Runs code in a kernel over Jupyter's own protocol and resolves with what it prints. */
const execute = async (server: string, kernel: string, code: string, token = ''): Promise<string> => {
  const socket = new WebSocket(`${server.replace('http', 'ws')}/api/kernels/${kernel}/channels?token=${token}`);
  await once(socket, 'open');
  const id = crypto.randomUUID();
  const printed = new Promise<string>((resolve) => {
    let text = '';
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as {
        header: { msg_type: string };
        parent_header: { msg_id?: string };
        content: { text?: string; evalue?: string; execution_state?: string };
      };
      if (message.parent_header.msg_id !== id) return;
      text += message.content.text ?? message.content.evalue ?? '';
      if (message.header.msg_type === 'status' && message.content.execution_state === 'idle') resolve(text);
    });
  });
  socket.send(
    JSON.stringify({
      header: { msg_id: id, msg_type: 'execute_request', username: 'test', session: id, version: '5.3', date: '' },
      parent_header: {},
      metadata: {},
      channel: 'shell',
      content: { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false },
    }),
  );
  const text = await printed;
  socket.close();
  return text;
};

/** Where Jupyter asks for no token it still asks for the cookie that only its own pages can read. */
const ownPage = async (server: string): Promise<Record<string, string>> => {
  const cookie = /_xsrf=[^;]+/.exec((await fetch(`${server}/lab`)).headers.get('Set-Cookie') ?? '')?.[0] ?? '';
  return { Cookie: cookie, 'X-XSRFToken': cookie.slice('_xsrf='.length) };
};

const startKernel = async (server: string, name: string, headers: Record<string, string>): Promise<string> => {
  const response = await fetch(`${server}/api/kernels`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as KernelModel).id;
};

const CLUSTER = { id: 'j-1', releaseLabel: 'emr-7.13.0' };

describe("JupyterLab in place of a waiting cluster's", () => {
  const labs = jupyterLabs({ localDirectory: LOCAL_DIRECTORY });
  afterEach(() => labs.closeAll());

  it('opens for its owner, runs Spark, and keeps files for the next cluster', async () => {
    const owner = `test-owner-${process.pid}`;
    const file = path.join(workPaths(LOCAL_DIRECTORY).homes, owner, 'notes.txt');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'of an earlier cluster');
    try {
      const url = new URL((await labs.open(CLUSTER, owner)) ?? '');
      expect(await labs.open(CLUSTER, owner)).toBe(url.href);
      const token = url.searchParams.get('token') ?? '';
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(`${url.origin}/api/kernels`)).status).toBe(403);
      const contents = await fetch(`${url.origin}/api/contents/notes.txt?token=${token}`);
      expect(await contents.json()).toMatchObject({ content: 'of an earlier cluster' });

      const kernel = await startKernel(url.origin, 'python3', { Authorization: `token ${token}` });
      const code = 'import os\nprint(spark.range(5).count(), os.getcwd(), "AWS_PROFILE" in os.environ)';
      expect(await execute(url.origin, kernel, code, token)).toContain(`5 ${path.dirname(file)} False\n`);
      const pid = Number(await execute(url.origin, kernel, 'print(os.getpid())', token));

      await labs.close('j-1');
      await expect(fetch(url)).rejects.toThrow('fetch failed');
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(existsSync(file)).toBe(true);
    } finally {
      rmSync(path.dirname(file), { recursive: true });
    }
  });

  it('is not there where Spark is not installed', async () => {
    const nowhere = jupyterLabs({ localDirectory: path.join(tmpdir(), 'atmo-no-such-folder') });
    expect(await nowhere.open(CLUSTER, 'alice')).toBeNull();
  });
});

describe("a cluster's own JupyterLab", () => {
  let server: string;
  let jupyter: ChildProcess;
  const folder = mkdtempSync(path.join(tmpdir(), 'atmo-jupyter-'));
  const marker = path.join(folder, 'metricscollector', 'isbusy');

  beforeAll(async () => {
    mkdirSync(path.dirname(marker));
    const port = await freePort();
    server = `http://127.0.0.1:${port}`;
    // The service's command with its configuration, but for the port and the folder.
    jupyter = spawn(
      path.join(SPARK.venv, 'bin/jupyter-lab'),
      [
        `--config=${path.join(SCRIPTS, 'jupyter/jupyter_server_config.py')}`,
        `--ServerApp.port=${port}`,
        '--allow-root',
      ],
      { env: { ...process.env, ATMO_JUPYTER_ROOT: folder }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await new Promise<void>((resolve) => {
      jupyter.stderr?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes(' is running at:')) resolve();
      });
    });
    await accepting(port);
  });
  afterAll(async () => {
    jupyter.kill('SIGTERM');
    await once(jupyter, 'close');
    rmSync(folder, { recursive: true, force: true });
  });

  const checkIdle = (): void => {
    execFileSync(SPARK.python, [path.join(SCRIPTS, 'jupyter/idle_check.py')], {
      env: { ...process.env, ATMO_JUPYTER_URL: server, ATMO_BUSY_FILE: marker },
    });
  };

  it('answers this machine only, and under its own name only', async () => {
    expect((await fetch(`${server}/api/kernels`)).status).toBe(200);
    // A page from elsewhere can make a browser send this.
    const forged = await fetch(`${server}/api/kernels`, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(403);
    const host = ['-H', 'Host: evil.example'];
    const stranger = execFileSync('curl', [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      ...host,
      `${server}/api/kernels`,
    ]);
    expect(stranger.toString()).toBe('403');
    const port = Number(new URL(server).port);
    const listening = execFileSync(
      SPARK.python,
      [
        '-c',
        `for line in open("/proc/net/tcp"):\n    a = line.split()[1]\n    if a.endswith(":%04X" % ${port}) and line.split()[3] == "0A": print(a)`,
      ],
      { encoding: 'utf8' },
    );
    expect(listening.trim()).toBe(`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  });

  it('keeps EMR from taking the cluster for idle while a kernel is busy', async () => {
    const kernel = await startKernel(server, 'pyspark', await ownPage(server));
    expect(await execute(server, kernel, 'print("ready")')).toBe('ready\n');
    checkIdle();
    expect(existsSync(marker)).toBe(false);

    const working = execute(server, kernel, 'import time\nfor _ in range(50):\n    time.sleep(0.1)');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    checkIdle();
    expect(existsSync(marker)).toBe(true);
    await working;

    rmSync(marker);
    checkIdle();
    expect(existsSync(marker)).toBe(false);
  });
});
