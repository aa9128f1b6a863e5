import { createHash } from 'node:crypto';

import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import type { Setting } from '../../shared/contract/environment.ts';
import { TooLarge } from '../../shared/domain/errors.ts';
import { MAX_NOTEBOOK_BYTES } from '../../shared/domain/spark-job.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import { fromAws } from './aws-errors.ts';
import { asAttachment, LINK_SECONDS, S3_SETTINGS, s3Client } from './s3-client.ts';
import { deleteObjects, objectsUnder } from './s3-listing.ts';

export const NOTEBOOK_STORE_SETTINGS = [
  ...S3_SETTINGS,
  'uploadsBucket',
  'notebooksBucket',
] as const satisfies readonly Setting[];

type NotebookStoreSettings = Readonly<Record<(typeof NOTEBOOK_STORE_SETTINGS)[number], string>>;

const UPLOAD_SECONDS = 10 * 60;
const UPLOAD_ID = /^[\w-]{10,64}$/;

/** Injective, so that nobody reads another's uploads; names of mail addresses stay readable. */
const folderOf = (personId: string): string =>
  personId.replaceAll(/[^A-Za-z0-9._-]/gu, (character) => `=${(character.codePointAt(0) ?? 0).toString(16)}=`);

const uploadPrefix = (personId: string, uploadId: string): string => `uploads/${folderOf(personId)}/${uploadId}/`;

/** Bytes of UTF-8: what file systems take, with room for what tools append. */
const LONGEST_NAME = 200;

/** As much of the end of a text as is short enough, cut between two characters. */
const shortEnd = (text: string): string => {
  const characters = Array.from(text);
  let bytes = 0;
  let start = characters.length;
  while (start > 0 && (bytes += Buffer.byteLength(characters[start - 1] ?? '')) <= LONGEST_NAME) start -= 1;
  return characters.slice(start).join('');
};

/** The last part of a path, without what keys and headers make trouble with. */
const safeName = (fileName: string): string =>
  shortEnd((fileName.split(/[\\/]/).at(-1) ?? '').replaceAll(/[^\p{L}\p{N}._ ()-]/gu, '_'));

/** Goes to the cluster on a command line. */
const commandLineName = (name: string): string => name.replaceAll(/[^A-Za-z0-9._-]/g, '_');

const jobPrefix = (jobId: string): string => `jobs/${jobId}/`;

/** Notebooks in S3. `newId` is unguessable: it names the upload. */
export const s3NotebookStore = (
  settings: NotebookStoreSettings,
  newId: () => string,
  client: S3Client = s3Client(settings),
): NotebookStore => {
  const { uploadsBucket, notebooksBucket } = settings;

  /** All versions and delete markers: deleting by key alone would keep them. */
  const versionsUnder = async (prefix: string): Promise<ObjectIdentifier[]> => {
    const found: ObjectIdentifier[] = [];
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await fromAws(
        'S3',
        client.send(
          new ListObjectVersionsCommand({ Bucket: notebooksBucket, Prefix: prefix, KeyMarker, VersionIdMarker }),
        ),
      );
      for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
        if (Key !== undefined) found.push({ Key, VersionId });
      ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
    } while (KeyMarker !== undefined);
    return found;
  };

  return {
    async createUpload(personId, fileName) {
      const uploadId = newId();
      const { url, fields } = await fromAws(
        'S3',
        createPresignedPost(client, {
          Bucket: uploadsBucket,
          Key: `${uploadPrefix(personId, uploadId)}${safeName(fileName)}`,
          Expires: UPLOAD_SECONDS,
          Conditions: [['content-length-range', 1, MAX_NOTEBOOK_BYTES]],
        }),
      );
      return { uploadId, url, fields };
    },

    async readUpload(personId, uploadId) {
      if (!UPLOAD_ID.test(uploadId)) return null;
      const prefix = uploadPrefix(personId, uploadId);
      const [found] = await objectsUnder(client, uploadsBucket, prefix);
      if (found === undefined) return null;
      // Not every S3 keeps to the policy's size limit.
      if (found.size > MAX_NOTEBOOK_BYTES)
        throw new TooLarge('A notebook may have at most 20 MB. Clear its outputs and upload it again.');
      const object = await fromAws('S3', client.send(new GetObjectCommand({ Bucket: uploadsBucket, Key: found.key })));
      const content = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      return { fileName: found.key.slice(prefix.length), size: content.byteLength, content };
    },

    async store(jobId, { fileName, size, content }, kind) {
      const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
      const key = `${jobPrefix(jobId)}${version}/${commandLineName(fileName)}`;
      await fromAws(
        'S3',
        client.send(
          new PutObjectCommand({ Bucket: notebooksBucket, Key: key, Body: content, ContentType: 'application/json' }),
        ),
      );
      return { name: fileName, kind, key, version, size };
    },

    downloadUrl: ({ key, name }) =>
      fromAws(
        'S3',
        getSignedUrl(
          client,
          new GetObjectCommand({
            Bucket: notebooksBucket,
            Key: key,
            ResponseContentDisposition: asAttachment(name),
            ResponseContentType: 'application/octet-stream',
          }),
          { expiresIn: LINK_SECONDS },
        ),
      ),

    async deleteAll(jobId) {
      const prefix = jobPrefix(jobId);
      await deleteObjects(client, notebooksBucket, await versionsUnder(prefix));
      const left = await objectsUnder(client, notebooksBucket, prefix);
      await deleteObjects(
        client,
        notebooksBucket,
        left.map(({ key }) => ({ Key: key })),
      );
    },
  };
};
