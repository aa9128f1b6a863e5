import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { S3Client } from '@aws-sdk/client-s3';

import { serveS3 } from '../../local/s3.ts';
import { ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { listen } from '../../local/server.ts';

export interface TestS3 {
  readonly client: S3Client;
  stop(): Promise<void>;
}

/** S3 in a directory of its own, for one test file: start it in `beforeAll`, stop it in `afterAll`. */
export const startTestS3 = async (buckets: readonly string[]): Promise<TestS3> => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-s3-'));
  const server = http.createServer();
  const running = await listen(server, 0);
  await serveS3(
    server,
    directory,
    buckets.map((name) => ({ name, cors: [] })),
  );
  const client = new S3Client({
    credentials: ROOT_CREDENTIALS,
    region: 'us-west-2',
    endpoint: running.url,
    forcePathStyle: true,
  });
  return {
    client,
    async stop() {
      client.destroy();
      await running.close();
      rmSync(directory, { recursive: true });
    },
  };
};
