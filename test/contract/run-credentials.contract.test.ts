import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runExecutionPolicy, runSessionPolicy } from '../../functions/adapters/run-policy.ts';
import { stsRunCredentials } from '../../functions/adapters/sts-run-credentials.ts';
import type { Credentials } from '../../functions/ports/run-credentials.ts';
import { serveS3 } from '../../local/s3.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { AccessKeys, ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { stsApi } from '../../local/sts/sts-api.ts';
import { parametersKey, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import { claimedJob, runOf } from '../fakes/spark-job.ts';

const SETTINGS = {
  runRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-run',
  notebooksBucket: 'notebooks',
  resultsBucket: 'results',
  publicResultsBucket: 'public-results',
};
const region = 'us-west-2';
const RUN = runOf(claimedJob());
const OTHER_RUN = `daily-report/runs/20261122T060000000Z-0123456789/`;

describe('the credentials of a run', () => {
  const keys = new AccessKeys('arn:aws:iam::123456789012:root');
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-run-credentials-'));
  let s3: RunningServer;
  let sts: RunningServer;
  let root: S3Client;
  const s3Of = ({
    accessKeyId,
    secretAccessKey,
    sessionToken = '',
  }: Omit<Partial<Credentials>, 'expiration'>): S3Client => {
    const credentials = {
      accessKeyId: accessKeyId ?? '',
      secretAccessKey: secretAccessKey ?? '',
      ...(sessionToken === '' ? {} : { sessionToken }),
    };
    return new S3Client({ region, endpoint: s3.url, forcePathStyle: true, maxAttempts: 1, credentials });
  };
  const issue = (run: Run): Promise<Credentials> =>
    stsRunCredentials(SETTINGS, new STSClient({ region, endpoint: sts.url, credentials: ROOT_CREDENTIALS })).issue(run);
  const put = (Bucket: string, Key: string) => new PutObjectCommand({ Bucket, Key, Body: 'x' });
  const get = (Bucket: string, Key: string) => new GetObjectCommand({ Bucket, Key });
  const remove = (Bucket: string, Key: string) => new DeleteObjectCommand({ Bucket, Key });
  const list = (Bucket: string, Prefix: string) => new ListObjectsV2Command({ Bucket, Prefix });

  beforeAll(async () => {
    const servers = { s3: http.createServer(), sts: http.createServer() };
    const buckets = ['notebooks', 'results', 'public-results', 'logs', 'uploads'].map((name) => ({ name, cors: [] }));
    await serveS3(servers.s3, directory, buckets, keys);
    answerRequests(servers.sts, stsApi(keys));
    s3 = await listen(servers.s3, 0);
    sts = await listen(servers.sts, 0);
    root = s3Of(ROOT_CREDENTIALS);
    for (const [bucket, key] of [
      ['notebooks', RUN.notebookKey],
      ['notebooks', parametersKey(RUN)],
      ['notebooks', 'jobs/job-2/v/other.ipynb'],
      ['results', `${OTHER_RUN}outcome.json`],
      ['results', 'daily-report/latest/notebook.ipynb'],
    ] as const)
      await root.send(put(bucket, key));
  });
  afterAll(async () => {
    await s3.close();
    await sts.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('read its notebook and parameters, and write its results, for an hour', async () => {
    const credentials = await issue(RUN);
    const left = Date.parse(credentials.expiration) - Date.now();
    expect(left).toBeGreaterThan(3590_000);
    expect(left).toBeLessThanOrEqual(3600_000);
    const mine = s3Of(credentials);
    for (const command of [get('notebooks', RUN.notebookKey), get('notebooks', parametersKey(RUN))])
      expect(await (await mine.send(command)).Body?.transformToString()).toBe('x');
    await mine.send(put('results', `${resultsPrefix(RUN)}files/deep/plot.png`));
    await mine.send(put('results', 'daily-report/latest/notebook.ipynb'));
    expect((await mine.send(list('results', 'daily-report/latest/'))).KeyCount).toBe(1);
    await mine.send(remove('results', 'daily-report/latest/notebook.ipynb'));
  });

  it.each([
    ['another job’s notebook', get('notebooks', 'jobs/job-2/v/other.ipynb')],
    ['its notebook, to change it', put('notebooks', RUN.notebookKey)],
    ['another version of its notebook', get('notebooks', RUN.notebookKey.replace('0123456789ab', 'ffffffffffff'))],
    ['the notebooks there are', list('notebooks', 'jobs/job-1/')],
    ['results of an earlier run, to read', get('results', `${OTHER_RUN}outcome.json`)],
    ['results of an earlier run, to write', put('results', `${OTHER_RUN}outcome.json`)],
    ['results of an earlier run, to remove', remove('results', `${OTHER_RUN}outcome.json`)],
    ['its own results, to remove', remove('results', `${resultsPrefix(RUN)}outcome.json`)],
    ['results of another job', put('results', 'daily-report-2/latest/notebook.ipynb')],
    ['all results there are', list('results', '')],
    ['all results of its job', list('results', 'daily-report/')],
    ['public results, as its own are private', put('public-results', 'daily-report/latest/notebook.ipynb')],
    ['logs', get('logs', 'jobs/daily-report/x')],
    ['uploads', list('uploads', 'uploads/')],
  ])('do not reach %s', async (_what, command) => {
    const mine = s3Of(await issue(RUN));
    await expect(mine.send(command as GetObjectCommand)).rejects.toMatchObject({
      name: expect.stringMatching(/AccessDenied/),
    });
  });

  it('write public results where the run’s are public, and then no private ones', async () => {
    const mine = s3Of(await issue({ ...RUN, resultVisibility: 'public' }));
    await mine.send(put('public-results', `${resultsPrefix(RUN)}outcome.json`));
    await expect(mine.send(put('results', `${resultsPrefix(RUN)}outcome.json`))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('fit into what STS takes, whatever the names', () => {
    const longest = {
      ...RUN,
      jobIdentifier: 'x'.repeat(100),
      notebookKey: `jobs/${'x'.repeat(20)}/0123456789ab/${'x'.repeat(210)}`,
      resultVisibility: 'public',
    } as const;
    const name = 'x'.repeat(63);
    const buckets = { notebooksBucket: name, resultsBucket: name, publicResultsBucket: name, logsBucket: name };
    const options = { partition: 'aws-us-gov', logs: `jobs/${'x'.repeat(100)}/20261126T060000000Z/` };
    for (const policy of [
      runSessionPolicy(longest, buckets, 'aws-us-gov'),
      runExecutionPolicy(longest, buckets, options),
    ]) {
      expect(policy.length).toBeLessThanOrEqual(2048);
      expect(policy).toContain('"arn:aws-us-gov:s3:::x');
    }
  });
});
