import { gzipSync } from 'node:zlib';

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { s3BootstrapLogs } from '../../functions/adapters/s3-bootstrap-logs.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { readyCluster } from '../fakes/cluster.ts';
import { startTestS3, type TestS3 } from './s3.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3(['logs']);
});
afterAll(() => s3.stop());

const logs = () => s3BootstrapLogs({ s3ForcePathStyle: 'true', logsBucket: 'logs' }, s3.client);

/** Each test has a cluster of its own, launched at 06:00. */
const cluster = (identifier: string): Cluster => readyCluster({ identifier });

const put = (identifier: string, name: string, body: Uint8Array, jobflowId = 'j-1') =>
  s3.client.send(
    new PutObjectCommand({
      Bucket: 'logs',
      Key: `clusters/${identifier}/20261123T060000000Z/${jobflowId}/node/${name}`,
      Body: body,
    }),
  );

describe('bootstrap logs in S3', () => {
  it('are those of the instances of this cluster, without what is empty and what daemons write', async () => {
    await put('whole', 'i-0a/bootstrap-actions/1/stdout.gz', gzipSync('wheels\ninstalled\n'));
    await put('whole', 'i-0a/bootstrap-actions/1/controller.gz', gzipSync('INFO startExec'));
    await put('whole', 'i-0a/bootstrap-actions/1/stderr.gz', gzipSync(''));
    await put('whole', 'i-0a/bootstrap-actions/master.log.gz', gzipSync('of EMR'));
    await put('whole', 'i-0a/daemons/instance-state.gz', gzipSync('noise'));
    await put('whole', 'i-0b/bootstrap-actions/1/stdout.gz', gzipSync('a worker'));
    await put('whole', 'i-0c/bootstrap-actions/1/stdout.gz', gzipSync('another cluster'), 'j-2');
    expect(await logs().instances(cluster('whole'))).toEqual(['i-0a', 'i-0b']);
    const folder = 's3://logs/clusters/whole/20261123T060000000Z/j-1/node/i-0a/bootstrap-actions/1';
    expect(await logs().of(cluster('whole'), 'i-0a')).toEqual([
      { action: 1, stream: 'controller', s3Uri: `${folder}/controller.gz`, text: 'INFO startExec', isWhole: true },
      { action: 1, stream: 'stdout', s3Uri: `${folder}/stdout.gz`, text: 'wheels\ninstalled', isWhole: true },
    ]);
  });

  it('are not there before EMR has copied them, or before it has the cluster', async () => {
    expect(await logs().instances(cluster('early'))).toEqual([]);
    expect(await logs().of(cluster('early'), 'i-0a')).toEqual([]);
    expect(await logs().instances(readyCluster({ identifier: 'whole', emrId: null }))).toEqual([]);
  });

  it('are shown by their last lines, and not at all where unpacking would take too long', async () => {
    const lines = Array.from({ length: 3000 }, (_, line) => `line ${line}`);
    await put('long', 'i-0a/bootstrap-actions/1/stdout.gz', gzipSync(lines.join('\n')));
    await put('long', 'i-0a/bootstrap-actions/1/stderr.gz', gzipSync('x'.repeat(300_000)));
    await put('long', 'i-0a/bootstrap-actions/2/stdout.gz', new Uint8Array(1_000_001));
    const [errors, printed, huge] = await logs().of(cluster('long'), 'i-0a');
    expect(printed).toMatchObject({ stream: 'stdout', text: lines.slice(1000).join('\n'), isWhole: false });
    expect(errors).toMatchObject({ stream: 'stderr', isWhole: false });
    expect(huge).toMatchObject({ action: 2, text: '', isWhole: false });
  });
});
