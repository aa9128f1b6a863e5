import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

import { serveS3 } from '../../local/s3.ts';
import { ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { listen } from '../../local/server.ts';
import { motoUrl } from '../moto/moto.ts';

export interface TestS3 {
  readonly client: S3Client;
  stop(): Promise<void>;
}

const clientAt = (endpoint: string): S3Client =>
  new S3Client({ credentials: ROOT_CREDENTIALS, region: 'us-west-2', endpoint, forcePathStyle: true });

/** Test files share the buckets; each has its own keys. */
const inMoto = async (url: string, buckets: readonly string[]): Promise<TestS3> => {
  const client = clientAt(url);
  for (const Bucket of buckets) {
    const create = new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } });
    await client.send(create).catch((error: unknown) => {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    });
  }
  return { client, stop: async () => client.destroy() };
};

/** S3 in a directory of its own, for one test file: start it in `beforeAll`, stop it in `afterAll`. It is moto's in the project `moto`. */
export const startTestS3 = async (buckets: readonly string[]): Promise<TestS3> => {
  const moto = motoUrl();
  if (moto !== null) return inMoto(moto, buckets);
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-s3-'));
  const server = http.createServer();
  const running = await listen(server, 0);
  await serveS3(
    server,
    directory,
    buckets.map((name) => ({ name, cors: [] })),
  );
  const client = clientAt(running.url);
  return {
    client,
    async stop() {
      client.destroy();
      await running.close();
      rmSync(directory, { recursive: true });
    },
  };
};
