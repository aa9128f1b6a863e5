import { execFile, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { NotInUnitTests } from '../setup.ts';

const FORBIDDEN: Record<string, () => unknown> = {
  'a connection': () => connect(9, '127.0.0.1'),
  'a server': () => createServer().listen(0),
  'a datagram socket': () => createSocket('udp4'),
  'a process': () => spawn('true'),
  'a process with its output': () => execFile('true'),
  'a process waited for': () => spawnSync('true'),
  'a timer': () => setTimeout(() => {}, 1),
  'a wait': () => sleep(1),
};

describe('unit tests', () => {
  it.each(Object.entries(FORBIDDEN))('cannot have %s', (_what, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ name: NotInUnitTests.name }));
  });

  it('cannot fetch', async () => {
    await expect(fetch('http://127.0.0.1:20001')).rejects.toMatchObject({ cause: { name: NotInUnitTests.name } });
  });
});
