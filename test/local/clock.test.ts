import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Activity } from '../../local/activity.ts';
import { installClock, type VirtualClock } from '../../local/clock.ts';
import { native } from '../../local/native-timers.ts';

const HOUR = 3_600_000;

describe('the virtual clock', () => {
  const realNow = Date.now.bind(Date);
  let directory: string;
  let activity: Activity;
  let clock: VirtualClock;
  const stateFile = (): string => path.join(directory, 'clock.json');

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-clock-'));
    activity = new Activity();
    activity.watchHttp((url) => url.startsWith('/local/'));
    clock = installClock(stateFile(), activity);
  });

  afterEach(() => {
    clock.uninstall();
    activity.close();
    rmSync(directory, { recursive: true });
  });

  it('runs on by itself', async () => {
    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(Date.now() - before).toBeGreaterThanOrEqual(60);
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('lets everything in between happen in order', async () => {
    const started = Date.now();
    const happened: [string, number][] = [];
    const note = (what: string): void => void happened.push([what, Math.round((Date.now() - started) / HOUR)]);
    setTimeout(() => note('five'), 5 * HOUR);
    const everyTwo = setInterval(() => note('every two'), 2 * HOUR);
    setTimeout(() => {
      note('one');
      setTimeout(() => note('three, planned on the way'), 2 * HOUR);
    }, HOUR);
    setTimeout(() => note('eight'), 8 * HOUR);

    await clock.advance(7 * HOUR);
    clearInterval(everyTwo);

    expect(happened).toEqual([
      ['one', 1],
      ['every two', 2],
      ['three, planned on the way', 3],
      ['every two', 4],
      ['five', 5],
      ['every two', 6],
    ]);
    expect(Date.now() - started).toBeGreaterThanOrEqual(7 * HOUR);
  });

  it('waits for the work that one moment causes before it comes to the next', async () => {
    const events: string[] = [];
    const server = http.createServer((_request, response) => {
      setImmediate(() => {
        events.push('answered');
        response.end('done');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = async (): Promise<void> => {
      const response = await fetch(`http://127.0.0.1:${port}/`);
      events.push(await response.text());
    };
    setTimeout(() => void ask(), HOUR);
    setTimeout(() => events.push('a second later'), HOUR + 1000);

    await clock.advance(2 * HOUR);
    server.close();
    server.closeAllConnections();

    expect(events).toEqual(['answered', 'done', 'a second later']);
  });

  it('does not wait for ever for work that itself waits for the clock', async () => {
    const events: string[] = [];
    setTimeout(() => {
      void activity.track(async () => {
        await sleep(30_000);
        events.push(`backed off until ${new Date().getUTCSeconds() === later.getUTCSeconds()}`);
      });
    }, HOUR);
    const later = new Date(Date.now() + HOUR + 30_000);

    await clock.advance(2 * HOUR);

    expect(events).toEqual(['backed off until true']);
  });

  it('stands while a process really runs, but not for longer than it is worth', async () => {
    const events: string[] = [];
    const aWhile = (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        setTimeout(resolve, 7 * HOUR);
        native.setTimeout(resolve, milliseconds);
      });
    const begin = (name: string, milliseconds: number, atMost: number): void => {
      void activity.trackForAtMost(atMost, () => aWhile(milliseconds)).then(() => events.push(name));
    };
    setTimeout(() => begin('short', 200, 5000), HOUR);
    setTimeout(() => begin('long', 60_000, 100), 2 * HOUR);
    setTimeout(() => events.push('an hour later'), 3 * HOUR);
    await clock.advance(4 * HOUR);
    expect(events).toEqual(['short', 'an hour later']);
  });

  it('does not wait for requests to its own control', async () => {
    const server = http.createServer((_request, response) => {
      void clock.advance(HOUR).then(() => response.end('moved'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const before = Date.now();
    // From outside this process in earnest: an own client would be work to wait for.
    const { execFile } = await import('node:child_process');
    const script = `fetch('http://127.0.0.1:${port}/local/clock').then((r) => r.text()).then(console.log)`;
    const output = await new Promise<string>((resolve, reject) =>
      execFile(process.execPath, ['-e', script], (error, stdout) =>
        error instanceof Error ? reject(error) : resolve(stdout),
      ),
    );
    server.close();
    server.closeAllConnections();

    expect(output).toBe('moved\n');
    expect(Date.now() - before).toBeGreaterThanOrEqual(HOUR);
  });

  it('moves further than a timer can hold', async () => {
    const before = Date.now();
    await clock.advance(60 * 24 * HOUR);
    expect(Date.now() - before).toBeGreaterThanOrEqual(60 * 24 * HOUR);
  });

  it('ends a long move where it is when the stack closes down', async () => {
    const before = Date.now();
    const everyHour = setInterval(() => {
      if (Date.now() - before > 5 * HOUR) clock.endMoves();
    }, HOUR);
    await clock.advance(300 * 24 * HOUR);
    clearInterval(everyHour);
    expect(Date.now() - before).toBeLessThan(7 * HOUR);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('does not go back after a restart', async () => {
    await clock.advance(7 * HOUR);
    const before = Date.now();
    clock.uninstall();
    expect(realNow()).toBeLessThan(before - 6 * HOUR);

    clock = installClock(stateFile(), activity);
    expect(Date.now()).toBeGreaterThanOrEqual(before);
    expect(Date.now() - before).toBeLessThan(60_000);
  });
});
