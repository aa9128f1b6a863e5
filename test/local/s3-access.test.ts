import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { asAttachment } from '../../functions/adapters/s3-client.ts';
import { bucketOrigin } from '../../local/http/bucket-origin.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { serveS3 } from '../../local/s3.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { AccessKeys } from '../../local/sts/access-keys.ts';
import { credentials, region } from './client-options.ts';

const PAGES = 'http://localhost:3000';

describe('who may do what in the local S3', () => {
  const keys = new AccessKeys('arn:aws:iam::123456789012:root');
  let outside: string;
  let server: RunningServer;
  let client: S3Client;
  const clientOf = (signer: S3ClientConfig['credentials'] & object): S3Client =>
    new S3Client({ credentials: signer, region, endpoint: server.url, forcePathStyle: true, maxAttempts: 1 });

  beforeEach(async () => {
    outside = mkdtempSync(path.join(tmpdir(), 'atmo-s3-'));
    const s3 = http.createServer();
    server = await listen(s3, 0);
    const cors = [{ AllowedOrigins: [PAGES], AllowedMethods: ['POST'] }];
    await serveS3(
      s3,
      path.join(outside, 'data'),
      [
        { name: 'uploads', cors },
        { name: 'results', cors: [] },
      ],
      keys,
    );
    client = clientOf(credentials);
    await client.send(new PutObjectCommand({ Bucket: 'results', Key: 'private', Body: 'secret' }));
  });
  afterEach(async () => {
    client.destroy();
    await server.close();
    rmSync(outside, { recursive: true });
  });

  const filesIn = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  const codeOf = async (response: Response): Promise<string> =>
    `${response.status} ${/<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] ?? ''}`.trim();

  describe('an upload form', () => {
    type Form = Record<string, string>;
    const post = async (fields: Form, body = 'x'.repeat(10), bucket = 'uploads'): Promise<Response> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([body]), 'notebook.ipynb');
      return fetch(`${server.url}/${bucket}/`, { method: 'POST', body: form, headers: { Origin: PAGES } });
    };
    const signed = async (key = 'alice/u1', expires = 600): Promise<Form> =>
      (
        await createPresignedPost(client, {
          Bucket: 'uploads',
          Key: key,
          Expires: expires,
          Conditions: [['content-length-range', 5, 20]],
        })
      ).fields;

    it.each<[string, string, (fields: Form) => Form, string?, string?]>([
      ['as it was signed', '204', (fields) => fields],
      ['with fields that are to be ignored', '204', (fields) => ({ ...fields, 'x-ignore-me': '1' })],
      ['without a policy', '403 AccessDenied', ({ key = '' }) => ({ key })],
      ['with another key', '403 AccessDenied', (fields) => ({ ...fields, key: 'bob/u1' })],
      ['with another policy', '403 SignatureDoesNotMatch', (fields) => ({ ...fields, Policy: `${fields['Policy']}=` })],
      [
        'with a signature of nobody',
        '403 SignatureDoesNotMatch',
        (fields) => ({ ...fields, 'X-Amz-Signature': '0'.repeat(64) }),
      ],
      [
        'with the key of nobody',
        '403 InvalidAccessKeyId',
        (fields) => ({ ...fields, 'X-Amz-Credential': 'AKIA/20260101/us-west-2/s3/aws4_request' }),
      ],
      [
        'with a field that no condition has',
        '403 AccessDenied',
        (fields) => ({ ...fields, 'Content-Type': 'text/html' }),
      ],
      ['that is too large', '400 EntityTooLarge', (fields) => fields, 'x'.repeat(21)],
      ['that is too small', '400 EntityTooSmall', (fields) => fields, 'x'.repeat(4)],
      ['for another bucket', '400 MalformedPOSTRequest', (fields) => fields, 'x'.repeat(10), 'results'],
    ])('is taken %s: %s', async (_how, answer, change, body, bucket) => {
      expect(await codeOf(await post(change(await signed()), body, bucket))).toBe(answer);
      expect(filesIn(outside).includes('u1._S3rver_object')).toBe(answer === '204');
    });

    it('is not taken when its policy has expired', async () => {
      expect(await codeOf(await post(await signed('alice/u1', -1)))).toBe('403 AccessDenied');
    });

    it.each(['../results/u1', '../../outside', 'a/../../../outside', 'a/./b', 'u1._S3rver_object/x'])(
      'cannot leave its place by the key %s',
      async (key) => {
        const before = filesIn(outside);
        expect(await codeOf(await post(await signed(key)))).toMatch(/^400 /);
        expect(filesIn(outside)).toEqual(before);
      },
    );

    it('tells the page why it was refused', async () => {
      const refused = await post({ key: 'u1' });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('access-control-allow-origin')).toBe(PAGES);
    });
  });

  describe('a link', () => {
    const link = (seconds = 60, age = 0, key = 'private'): Promise<string> =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: 'results', Key: key }), {
        expiresIn: seconds,
        signingDate: new Date(Date.now() - age * 1000),
      });

    it('opens its file, until it expires', async () => {
      expect(await (await fetch(await link())).text()).toBe('secret');
      expect(await codeOf(await fetch(await link(60, 61)))).toBe('403 AccessDenied');
    });

    it.each<[string, string, (url: URL) => void]>([
      ['of any signature', '403 SignatureDoesNotMatch', ({ searchParams }) => searchParams.set('X-Amz-Signature', 'x')],
      [
        'of nothing but a signature',
        '400 AuthorizationQueryParametersError',
        (url) => (url.search = '?X-Amz-Signature=x'),
      ],
      ['of another file', '403 SignatureDoesNotMatch', (url) => (url.pathname = '/results/other')],
      ['of a longer life', '403 SignatureDoesNotMatch', ({ searchParams }) => searchParams.set('X-Amz-Expires', '600')],
      [
        'for ever',
        '400 AuthorizationQueryParametersError',
        ({ searchParams }) => searchParams.set('X-Amz-Expires', '604801'),
      ],
      [
        'of another kind',
        '400 InvalidRequest',
        (url) => (url.search = '?AWSAccessKeyId=S3RVER&Signature=x&Expires=9999999999'),
      ],
      [
        'with a parameter twice',
        '403 SignatureDoesNotMatch',
        ({ searchParams }) => searchParams.append('X-Amz-Date', 'x'),
      ],
    ])('reads nothing: %s', async (_what, answer, change) => {
      const url = new URL(await link());
      change(url);
      expect(await codeOf(await fetch(url))).toBe(answer);
    });

    it('gives the file whatever name it is to have', async () => {
      const ResponseContentDisposition = asAttachment("Größe (café) 'x'!*.ipynb");
      const command = new GetObjectCommand({ Bucket: 'results', Key: 'private', ResponseContentDisposition });
      const download = await fetch(await getSignedUrl(client, command));
      expect(download.status).toBe(200);
      expect(download.headers.get('content-disposition')).toBe(ResponseContentDisposition);
    });

    it('may be one to write to', async () => {
      const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'results', Key: 'new' }));
      expect((await fetch(url, { method: 'PUT', body: 'text' })).status).toBe(200);
      expect(await codeOf(await fetch(url.replace('/new?', '/newer?'), { method: 'PUT', body: 'text' }))).toBe(
        '403 SignatureDoesNotMatch',
      );
      expect(await (await fetch(await link(60, 0, 'new'))).text()).toBe('text');
    });
  });

  it.each(['../uploads/x', '..', '.', 'a/../../../x', '%2e%2e/x', '..%2f..%2fx'])(
    'keeps no object outside: %s',
    async (Key) => {
      const before = filesIn(outside);
      await client.send(new PutObjectCommand({ Bucket: 'results', Key, Body: 'x' })).catch(() => {});
      const written = filesIn(path.join(outside, 'data', 's3', 'results')).length;
      expect(filesIn(outside).length - before.length).toBe(Math.max(0, written - 3));
      expect(existsSync(path.join(outside, 'data', 's3', 'uploads', 'x._S3rver_object'))).toBe(false);
    },
  );

  it.each(['<Key>../uploads/x</Key>', '<Key a="1">private</Key>', '<Key><![CDATA[private]]></Key>', '', '<Key>'])(
    'deletes nothing that the form of a deletion hides: %s',
    async (xml) => {
      const url = await getSignedUrl(
        client,
        new DeleteObjectsCommand({ Bucket: 'results', Delete: { Objects: [{ Key: 'a' }] } }),
      );
      const deletion = await fetch(url, { method: 'POST', body: `<Delete><Object>${xml}</Object></Delete>` });
      expect(deletion.status).toBeGreaterThanOrEqual(400);
      expect(deletion.status).toBeLessThan(500);
      expect(filesIn(outside)).toContain('private._S3rver_object');
    },
  );

  it.each(['/..%2fresults%2fprivate', '/%2e%2e%2fresults%2fprivate', '/..%2f..%2f..%2fetc%2fpasswd', '/', '/x%2f..'])(
    'shows nothing else on the domain of public results: %s',
    async (target) => {
      const origin = http.createServer();
      const domain = await listen(origin, 0);
      answerRequests(origin, bucketOrigin(client, 'uploads'));
      const response = await fetch(domain.url + target);
      await domain.close();
      expect(response.status).toBe(404);
    },
  );

  describe('a session', () => {
    const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
    const OWN = policy(
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        Resource: 'arn:aws:s3:::results/runs/1/*',
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::results',
        Condition: { StringLike: { 's3:prefix': 'runs/1/*' } },
      },
    );
    const session = (text: string, lifetime = 3_600_000): S3Client =>
      clientOf(
        keys.issue({
          arn: 'arn:aws:sts::1:assumed-role/run/1',
          userId: 'AROA:1',
          policy: text,
          expiration: Date.now() + lifetime,
        }),
      );
    const get = (Key: string): GetObjectCommand => new GetObjectCommand({ Bucket: 'results', Key });
    const put = (Key: string): PutObjectCommand => new PutObjectCommand({ Bucket: 'results', Key, Body: 'x' });

    it('may do what its policy allows', async () => {
      const own = session(OWN);
      await own.send(put('runs/1/notebook.ipynb'));
      const object = await own.send(get('runs/1/notebook.ipynb'));
      expect(await object.Body?.transformToString()).toBe('x');
      const listed = await own.send(new ListObjectsV2Command({ Bucket: 'results', Prefix: 'runs/1/' }));
      expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['runs/1/notebook.ipynb']);
      const Objects = [{ Key: 'runs/1/notebook.ipynb' }];
      await own.send(new DeleteObjectsCommand({ Bucket: 'results', Delete: { Objects } }));
      own.destroy();
    });

    it.each([
      ['read', get('private')],
      ['write', put('runs/2/x')],
      ['write beside its prefix', put('runs/1')],
      ['list everything', new ListObjectsV2Command({ Bucket: 'results' })],
      ['list another bucket', new ListObjectsV2Command({ Bucket: 'uploads', Prefix: 'runs/1/' })],
      [
        'delete',
        new DeleteObjectsCommand({ Bucket: 'results', Delete: { Objects: [{ Key: 'runs/1/a' }, { Key: 'private' }] } }),
      ],
      ['copy', new CopyObjectCommand({ Bucket: 'results', Key: 'runs/1/copy', CopySource: 'results/private' })],
    ])('may not %s otherwise', async (_what, command) => {
      const own = session(OWN);
      await expect(own.send(command as GetObjectCommand)).rejects.toMatchObject({ name: 'AccessDenied' });
      own.destroy();
    });

    it('may not do what a statement denies', async () => {
      const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
      const own = session(
        policy(all, { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::results/priv?te' }),
      );
      await own.send(put('runs/2/x'));
      await expect(own.send(get('private'))).rejects.toMatchObject({ name: 'AccessDenied' });
      own.destroy();
    });

    it('gives links and forms that may do no more than it', async () => {
      const own = session(OWN);
      expect((await fetch(await getSignedUrl(own, get('private')))).status).toBe(403);
      const { url, fields } = await createPresignedPost(own, { Bucket: 'uploads', Key: 'x' });
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob(['x']));
      expect((await fetch(url, { method: 'POST', body: form })).status).toBe(403);
      own.destroy();
    });

    it('ends when it expires, and is nobody else’s', async () => {
      const expired = session(OWN, -1);
      await expect(expired.send(get('runs/1/x'))).rejects.toMatchObject({ name: 'ExpiredToken' });
      expired.destroy();
      const { sessionToken } = keys.issue({ arn: 'a', userId: 'b', policy: null, expiration: Date.now() + 1000 });
      const mixed = clientOf({ ...credentials, sessionToken });
      await expect(mixed.send(get('private'))).rejects.toMatchObject({ name: 'InvalidToken' });
      mixed.destroy();
      const other = new AccessKeys('x').issue({ arn: 'a', userId: 'b', policy: null, expiration: Date.now() + 1000 });
      const forged = clientOf(other);
      await expect(forged.send(get('private'))).rejects.toMatchObject({ name: 'InvalidToken' });
      forged.destroy();
    });
  });
});
