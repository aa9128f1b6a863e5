import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EMRClient } from '@aws-sdk/client-emr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { emrClient } from '../../functions/adapters/emr-client.ts';
import { runJobFlow } from '../../functions/adapters/emr-run-job-flow.ts';
import { requestHandler } from '../../functions/adapters/request-handler.ts';
import { LaunchUncertain } from '../../shared/domain/errors.ts';

/** Takes every request and answers none. */
let silent: Server;

beforeAll(async () => {
  silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});

afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

describe('a request that AWS never answers', () => {
  it('ends when its time is over, and a launch is then of unknown outcome', async () => {
    const client = new EMRClient({
      region: 'us-west-2',
      endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      requestHandler: { ...requestHandler, requestTimeout: 50 },
    });
    await expect(runJobFlow(client, { Name: 'a', Instances: {} })).rejects.toThrow(LaunchUncertain);
  });

  it('leaves an HTTP API, which waits 30 seconds, time for the SDK’s repetitions', async () => {
    const attempts = await emrClient().config.maxAttempts();
    expect(attempts).toBeGreaterThan(1);
    expect(attempts * requestHandler.requestTimeout).toBeLessThan(29_000);
  });
});
