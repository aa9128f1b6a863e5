import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { lockData } from '../../local/data-lock.ts';
import { listen } from '../../local/server.ts';

const start = fileURLToPath(new URL('../../local/start.mjs', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (environment: Record<string, string>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [start], { env: { ...process.env, ...environment } });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });

// A busy machine takes its time to load what finds the damage.
describe('starting the local stack', { timeout: 60_000 }, () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-start-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const expectOneLine = ({ code, stdout, stderr }: Ended, line: RegExp): void => {
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  };

  it('names the port that is taken', async () => {
    const other = await listen(http.createServer(), 0);
    const ended = await run({ PORT: String(other.port), ATMO_LOCAL_DIR: directory });
    await other.close();
    expectOneLine(ended, new RegExp(`^Port ${other.port} is in use. .*PORT=${other.port + 1} npm start$`, 'm'));
  });

  it('names a port that is none', async () => {
    expectOneLine(
      await run({ PORT: 'web', ATMO_LOCAL_DIR: directory }),
      /^PORT must be a number from 0 to 65535, not 'web'\.$/m,
    );
  });

  it('names a data directory that is none', async () => {
    const file = path.join(directory, 'file');
    writeFileSync(file, '');
    expectOneLine(await run({ PORT: '0', ATMO_LOCAL_DIR: file }), /^The data directory .*file cannot be written/m);
  });

  it('leaves nothing running when the npm process that started it is gone', async () => {
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${start}"; true`], {
      env: { ...process.env, PORT: '0', ATMO_LOCAL_DIR: directory, ATMO_SPARK: 'off', npm_lifecycle_event: 'start' },
      stdio: 'ignore',
    });
    await vi.waitFor(() => expect(existsSync(path.join(directory, 'ports.json'))).toBe(true), 30_000);
    await expect(lockData(directory)).rejects.toThrow(/in use by another running stack/);
    shell.kill('SIGKILL');
    await vi.waitFor(() => lockData(directory), { timeout: 20_000, interval: 200 });
  });
});
