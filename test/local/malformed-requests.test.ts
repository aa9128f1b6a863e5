import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { putBuilds } from '../builds/builds.ts';
import { malformedRequests, send, type Outcome } from './malformed.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

/** For each server. `MALFORMED_REQUESTS=10000 npx vitest run --project local test/local/malformed-requests.test.ts` sends more. */
const COUNT = Number(process.env['MALFORMED_REQUESTS'] ?? 300);
const AT_ONCE = 20;
const MINUTES = 60_000;

describe('malformed requests', { timeout: 30 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-malformed-'));
  let stack: StackProcess;
  beforeAll(async () => {
    await putBuilds(directory);
    stack = await startStackProcess(directory);
  }, 3 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  it('get no 5xx from any server, and end none', async () => {
    // Pages and API, sign-in, S3, public results, Step Functions, Scheduler, EventBridge, EMR, SES and DynamoDB.
    expect(stack.servers.length).toBeGreaterThanOrEqual(10);
    const outcomes: Record<string, number> = {};
    const serverErrors: string[] = [];
    for (const [index, server] of stack.servers.entries()) {
      const port = Number(new URL(server).port);
      const next = malformedRequests(index);
      const sendSome = async (count: number): Promise<void> => {
        for (let sent = 0; sent < count; sent += 1) {
          const request = next();
          const outcome: Outcome = await send(port, request);
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
          if (typeof outcome === 'number' && outcome >= 500)
            serverErrors.push(`${server} ${outcome}: ${request.text.slice(0, 1000)}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, () => sendSome(Math.ceil(COUNT / AT_ONCE))));
      expect(await send(port, { text: 'GET //[ HTTP/1.1\r\nHost: localhost\r\n\r\n', isAbandoned: false })).toBe(400);
    }
    console.log(outcomes);
    expect(serverErrors).toEqual([]);
    expect((await fetch(`${stack.url}/__heartbeat__`)).status).toBe(200);
    expect(readFileSync(path.join(directory, 'stack.log'), 'utf8')).not.toMatch(/Uncaught|^\w+ \S* on port/m);
  });
});
