import { DeleteObjectsCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { asAttachment } from '../../functions/adapters/s3-client.ts';
import { s3NotebookStore } from '../../functions/adapters/s3-notebook-store.ts';
import type { NotebookStore, UploadedFile } from '../../functions/ports/notebook-store.ts';
import { fakeNotebookStore } from '../fakes/fake-job-services.ts';
import { startTestS3, type TestS3 } from './s3.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3(['uploads', 'notebooks']);
});
afterAll(() => s3.stop());

interface World {
  readonly notebooks: NotebookStore;
  /** Does what a browser does with an upload target. */
  readonly upload: (target: Awaited<ReturnType<NotebookStore['createUpload']>>, text: string) => Promise<void>;
}

const settings = { s3ForcePathStyle: 'true', uploadsBucket: 'uploads', notebooksBucket: 'notebooks' };
let ids = 0;
const newId = (): string => `upload-id-${(ids += 1)}`;

const inS3 = (): World => ({
  notebooks: s3NotebookStore(settings, newId, s3.client),
  async upload({ url, fields }, text) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([text]), 'whatever.txt');
    const answer = await fetch(url, { method: 'POST', body: form });
    expect(answer.status).toBe(204);
  },
});

const inMemory = (): World => {
  const store = fakeNotebookStore();
  return {
    notebooks: store.notebooks,
    async upload({ uploadId, fields }, text) {
      const [, username = '', , fileName = ''] = (fields['key'] ?? '').split('/');
      store.upload(username, uploadId, fileName, text);
    },
  };
};

const file = (fileName: string, text: string): UploadedFile => {
  const content = new TextEncoder().encode(text);
  return { fileName, size: content.byteLength, content };
};
const textOf = (found: UploadedFile | null): string => new TextDecoder().decode(found?.content);

describe.each([
  ['the fake', inMemory],
  ['S3', inS3],
])('NotebookStore as %s', (_name, create) => {
  let world: World;
  beforeEach(() => {
    world = create();
  });

  it('returns an upload to the person who uploaded it', async () => {
    const target = await world.notebooks.createUpload('alice', 'Überblick (1).ipynb');
    await world.upload(target, '{"cells":"ü"}');
    const found = await world.notebooks.readUpload('alice', target.uploadId);
    expect(found).toMatchObject({ fileName: 'Überblick (1).ipynb', size: 14 });
    expect(textOf(found)).toBe('{"cells":"ü"}');
    expect(await world.notebooks.readUpload('bob', target.uploadId)).toBeNull();
  });

  it('cuts a long name between characters, and keeps its ending', async () => {
    const name = `${'𝒜'.repeat(180)}.ipynb`;
    const target = await world.notebooks.createUpload('alice', name);
    await world.upload(target, '{}');
    const found = await world.notebooks.readUpload('alice', target.uploadId);
    expect(found?.fileName.isWellFormed()).toBe(true);
    expect(found?.fileName).toMatch(/^𝒜{40,}\.ipynb$/u);
  });

  it('knows no upload that nobody made', async () => {
    const { uploadId } = await world.notebooks.createUpload('alice', 'a.ipynb');
    for (const id of [uploadId, 'none', '../alice', `${uploadId}/a.ipynb`])
      expect(await world.notebooks.readUpload('alice', id)).toBeNull();
  });

  it('stores versions side by side, and deletes those of one job', async () => {
    const { notebooks } = world;
    const first = await notebooks.store('job-1', file('a.ipynb', 'one'), 'jupyter');
    const second = await notebooks.store('job-1', file('a.ipynb', 'two'), 'jupyter');
    const other = await notebooks.store('job-10', file('b.json', 'three'), 'zeppelin');
    expect(first).toMatchObject({ name: 'a.ipynb', kind: 'jupyter', size: 3 });
    expect(new Set([first.key, second.key, other.key]).size).toBe(3);
    expect(first.version).not.toBe(second.version);
    expect(await notebooks.downloadUrl(first)).toContain(first.version);
    await notebooks.deleteAll('job-1');
    await notebooks.deleteAll('job-1');
  });
});

describe('notebooks in S3', () => {
  let notebooks: NotebookStore;
  let upload: World['upload'];
  beforeEach(() => {
    ({ notebooks, upload } = inS3());
  });

  it('lets a file be downloaded under its own name, and no more after deletion', async () => {
    const stored = await notebooks.store('job-2', file('daily "report" (1).ipynb', 'content'), 'jupyter');
    expect(stored.key).toMatch(/^jobs\/job-2\/[0-9a-f]{12}\/daily__report___1_.ipynb$/);
    const answer = await fetch(await notebooks.downloadUrl(stored));
    expect(await answer.text()).toBe('content');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="daily _report_ _1_.ipynb"; filename*=UTF-8''daily%20%22report%22%20%281%29.ipynb`,
    );
    await notebooks.deleteAll('job-2');
    expect((await fetch(await notebooks.downloadUrl(stored))).status).toBe(404);
  });

  it('names a file in any script for the browser', () => {
    expect(asAttachment("Ünï's (1).ipynb")).toBe(
      `attachment; filename="_n__s _1_.ipynb"; filename*=UTF-8''%C3%9Cn%C3%AF%27s%20%281%29.ipynb`,
    );
  });

  it('has the same version for the same content', async () => {
    const versions = ['a', 'a', 'b'].map(
      async (text) => (await notebooks.store('job-3', file('a', text), 'jupyter')).version,
    );
    const [one, same, other] = await Promise.all(versions);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it('keeps uploads of people with odd names apart', async () => {
    const target = await notebooks.createUpload('a/b', 'x.ipynb');
    await upload(target, 'theirs');
    expect(textOf(await notebooks.readUpload('a/b', target.uploadId))).toBe('theirs');
    expect(await notebooks.readUpload('a', target.uploadId)).toBeNull();
    expect(target.fields['key']).toBe(`uploads/a=2f=b/${target.uploadId}/x.ipynb`);
  });

  it('takes the last part of a path for the name', async () => {
    const { fields } = await notebooks.createUpload('alice', 'C:\\Users\\..\\a<b>.ipynb');
    expect(fields['key']).toMatch(/\/a_b_\.ipynb$/);
  });

  it('limits an upload to ten minutes and 20 MB, and checks the size again', async () => {
    const target = await notebooks.createUpload('alice', 'a.ipynb');
    const policy = JSON.parse(Buffer.from(target.fields['Policy'] ?? '', 'base64').toString()) as {
      expiration: string;
      conditions: unknown[];
    };
    expect(policy.conditions).toContainEqual(['content-length-range', 1, 20 * 1024 * 1024]);
    expect(Date.parse(policy.expiration) - Date.now()).toBeLessThanOrEqual(600_000);
    const Body = new Uint8Array(20 * 1024 * 1024 + 1);
    await s3.client.send(new PutObjectCommand({ Bucket: 'uploads', Key: target.fields['key'], Body }));
    await expect(notebooks.readUpload('alice', target.uploadId)).rejects.toMatchObject({ name: 'TooLarge' });
  });

  it('deletes every version where the bucket keeps them', async () => {
    const client = new S3Client({ region: 'us-west-2', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
    const deleted: unknown[] = [];
    const answerTo = (command: unknown): object => {
      if (command instanceof DeleteObjectsCommand) deleted.push(...(command.input.Delete?.Objects ?? []));
      if (!(command instanceof ListObjectVersionsCommand)) return {};
      return command.input.KeyMarker === undefined
        ? { Versions: [{ Key: 'k', VersionId: '1' }], NextKeyMarker: 'k', NextVersionIdMarker: '1' }
        : { Versions: [{ Key: 'k', VersionId: '2' }], DeleteMarkers: [{ Key: 'k', VersionId: '3' }] };
    };
    client.send = ((command: unknown) => Promise.resolve(answerTo(command))) as typeof client.send;
    await s3NotebookStore(settings, newId, client).deleteAll('job-1');
    expect(deleted).toEqual(['1', '2', '3'].map((VersionId) => ({ Key: 'k', VersionId })));
  });
});
