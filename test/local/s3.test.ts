import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { takeLosses } from '../../local/data-loss.ts';
import { UNFINISHED } from '../../local/s3/replace-contents.ts';
import { serveS3 } from '../../local/s3.ts';
import { rememberedPorts, type RunningServer } from '../../local/server.ts';
import { credentials, region } from './client-options.ts';

describe('the local S3', () => {
  let directory: string;
  let server: RunningServer;
  let client: S3Client;
  const start = async (): Promise<void> => {
    const s3 = http.createServer();
    server = await rememberedPorts(path.join(directory, 'ports.json')).listen('s3', s3);
    await serveS3(s3, directory, [
      { name: 'uploads', cors: [{ AllowedOrigins: ['http://localhost:3000'], AllowedMethods: ['POST'] }] },
      { name: 'results', cors: [] },
    ]);
    client = new S3Client({ credentials, region, endpoint: server.url, forcePathStyle: true });
  };

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-s3-'));
    await start();
  });
  afterEach(async () => {
    client.destroy();
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it('keeps objects and its own address across a restart', async () => {
    const { url } = server;
    await client.send(
      new PutObjectCommand({ Bucket: 'results', Key: 'a/b.txt', Body: 'hello', ContentType: 'text/plain' }),
    );
    client.destroy();
    await server.close();
    await start();
    expect(server.url).toBe(url);
    const object = await client.send(new GetObjectCommand({ Bucket: 'results', Key: 'a/b.txt' }));
    expect(await object.Body?.transformToString()).toBe('hello');
    expect(object.ContentType).toBe('text/plain');
  });

  it('gives an object whose hash or metadata a crash tore, and says what is lost', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'results', Key: 'a', Body: 'hello', ContentType: 'text/plain' }));
    client.destroy();
    await server.close();
    const file = path.join(directory, 's3', 'results', 'a._S3rver_');
    writeFileSync(`${file}metadata.json`, '{"content-');
    writeFileSync(`${file}object.md5`, '');
    takeLosses();
    await start();
    const object = await client.send(new GetObjectCommand({ Bucket: 'results', Key: 'a' }));
    expect(await object.Body?.transformToString()).toBe('hello');
    expect(object.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(takeLosses()).toEqual([expect.stringContaining('metadata of an object were damaged')]);
  });

  it('lists by prefix and deletes several', async () => {
    for (const Key of ['x/1', 'x/2', 'y/1', 'z/2/3'])
      await client.send(new PutObjectCommand({ Bucket: 'results', Key, Body: Key }));
    const folders = await client.send(new ListObjectsV2Command({ Bucket: 'results', Delimiter: '/' }));
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'x/' }, { Prefix: 'y/' }, { Prefix: 'z/' }]);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: 'results', Prefix: 'x/' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['x/1', 'x/2']);
    await client.send(
      new DeleteObjectsCommand({ Bucket: 'results', Delete: { Objects: [{ Key: 'x/1' }, { Key: 'x/2' }] } }),
    );
    expect((await client.send(new ListObjectsV2Command({ Bucket: 'results', Prefix: 'x/' }))).Contents).toBeUndefined();
  });

  it('lists objects and versions page by page, every object being its own only version', async () => {
    const keys = ['many/1 & one', 'many/2', 'many/3'];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: 'results', Key, Body: 'x' }));
    const listed: string[] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize: 2 }, { Bucket: 'results', Prefix: 'many/' })) {
      listed.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    }
    expect(listed).toEqual(keys);
    const one = await client.send(new ListObjectsV2Command({ Bucket: 'results', MaxKeys: 1 }));
    expect(one).toMatchObject({ KeyCount: 1, IsTruncated: true });

    const query = { Bucket: 'results', Prefix: 'many/', MaxKeys: 1 };
    const first = await client.send(new ListObjectVersionsCommand(query));
    expect(first.Versions).toMatchObject([{ Key: keys[0], VersionId: 'null', IsLatest: true, Size: 1 }]);
    const second = await client.send(
      new ListObjectVersionsCommand({ ...query, KeyMarker: first.NextKeyMarker, MaxKeys: 9 }),
    );
    expect(second.Versions?.map(({ Key }) => Key)).toEqual(keys.slice(1));
    expect(second.NextKeyMarker).toBeUndefined();
    const [version] = first.Versions ?? [];
    const Objects = [{ Key: version?.Key, VersionId: version?.VersionId }];
    await client.send(new DeleteObjectsCommand({ Bucket: 'results', Delete: { Objects } }));
    expect((await client.send(new ListObjectVersionsCommand(query))).Versions?.[0]?.Key).toBe(keys[1]);
  });

  it('takes a presigned upload from the pages and gives a presigned download', async () => {
    const { url, fields } = await createPresignedPost(client, { Bucket: 'uploads', Key: 'u1', Expires: 600 });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob(['{"cells":[]}']), 'notebook.ipynb');
    const upload = await fetch(url, { method: 'POST', body: form, headers: { Origin: 'http://localhost:3000' } });
    expect(upload.status).toBe(204);
    expect(upload.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');

    const download = await fetch(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'uploads', Key: 'u1' })));
    expect(await download.text()).toBe('{"cells":[]}');
  });

  it('gives anew what was written twice within a second, and says where nothing changed', async () => {
    const at = { Bucket: 'results', Key: 'notebook.ipynb' };
    const put = (Body: string) => client.send(new PutObjectCommand({ ...at, Body }));
    await put('of the cell before');
    const link = await getSignedUrl(client, new GetObjectCommand(at));
    const known = async () => (await fetch(link)).headers.get('etag') ?? '';
    // What a browser sends of an answer that it keeps. The time is that of the second write at the earliest.
    const since = new Date(Date.now() + 60_000).toUTCString();
    const asked = async (etag: string) =>
      fetch(link, { headers: { 'If-None-Match': etag, 'If-Modified-Since': since }, cache: 'no-store' });
    const before = await known();
    expect((await asked(before)).status).toBe(304);
    await put('of the last cell');
    expect(await (await asked(before)).text()).toBe('of the last cell');
    expect((await asked(await known())).status).toBe(304);
  });

  /** Begins to put an object, and sends no more than the first half of it. */
  const halfPut = async (at: { Bucket: string; Key: string }): Promise<http.ClientRequest> => {
    const whole = 'n'.repeat(200_000);
    const link = await getSignedUrl(client, new PutObjectCommand({ ...at, ContentLength: whole.length }));
    const request = http.request(link, { method: 'PUT', headers: { 'content-length': whole.length } });
    request.on('error', () => {});
    request.write(whole.slice(0, whole.length / 2));
    const folder = path.join(directory, 's3', at.Bucket);
    const isWritten = (name: string): boolean => statSync(path.join(folder, name)).size > 0;
    await vi.waitFor(() =>
      expect(readdirSync(folder).some((name) => name.includes(UNFINISHED) && isWritten(name))).toBe(true),
    );
    return request;
  };

  it('gives what an object had until all of the new content is there, and keeps it where that never comes', async () => {
    const at = { Bucket: 'results', Key: 'notebook.ipynb' };
    const text = async () => (await client.send(new GetObjectCommand(at))).Body?.transformToString();
    await client.send(new PutObjectCommand({ ...at, Body: 'before' }));
    const broken = await halfPut(at);
    expect(await text()).toBe('before');
    expect((await client.send(new ListObjectsV2Command({ Bucket: at.Bucket }))).Contents).toHaveLength(1);
    broken.destroy();
    const files = () => readdirSync(path.join(directory, 's3', at.Bucket));
    await vi.waitFor(() => expect(files().filter((name) => name.endsWith(UNFINISHED))).toEqual([]));
    expect(await text()).toBe('before');
  });

  it('removes at its start what a crash kept from becoming an object', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'results', Key: 'a', Body: 'before' }));
    client.destroy();
    await server.close();
    const left = path.join(directory, 's3', 'results', `a._S3rver_object.1${UNFINISHED}`);
    writeFileSync(left, 'half of wh');
    await start();
    expect(existsSync(left)).toBe(false);
    const object = await client.send(new GetObjectCommand({ Bucket: 'results', Key: 'a' }));
    expect(await object.Body?.transformToString()).toBe('before');
  });

  it('refuses unsigned requests', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'results', Key: 'private', Body: 'secret' }));
    expect((await fetch(`${server.url}/results/private`)).status).toBe(403);
    expect((await fetch(`${server.url}/results/?list-type=2`)).status).toBe(403);
  });

  it('refuses a request with a wrong signature', async () => {
    const stranger = new S3Client({
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'wrong' },
      region,
      endpoint: server.url,
      forcePathStyle: true,
    });
    await expect(stranger.send(new HeadObjectCommand({ Bucket: 'results', Key: 'a' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    await expect(stranger.send(new ListObjectsV2Command({ Bucket: 'results' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    stranger.destroy();
  });
});
