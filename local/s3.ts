import { mkdirSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import type http from 'node:http';
import path from 'node:path';

import S3rver from '@20minutes/s3rver';

import { ACCOUNT } from './account.ts';
import { answerRequests } from './request-guard.ts';
import { findDeepPrefixes } from './s3/common-prefixes.ts';
import type { CorsRule } from './s3/cors.ts';
import { s3Front } from './s3/front.ts';
import { confineStore } from './s3/object-names.ts';
import { repairObjects } from './s3/repair-objects.ts';
import { replaceContents } from './s3/replace-contents.ts';
import { AccessKeys, ROOT_CREDENTIALS } from './sts/access-keys.ts';
import { StartupError } from './startup-error.ts';

/** A bucket as the deployment would create it. */
export interface BucketDefinition {
  readonly name: string;
  readonly cors: readonly CorsRule[];
}

/**
 * S3 on this machine, with its buckets.
 * @param keys that requests may be signed with
 * @throws StartupError where the files cannot be opened
 */
export const serveS3 = async (
  server: http.Server,
  dataDirectory: string,
  buckets: readonly BucketDefinition[],
  keys = new AccessKeys(`arn:aws:iam::${ACCOUNT.id}:root`),
): Promise<void> => {
  const directory = path.join(dataDirectory, 's3');
  const s3rver = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: buckets.map(({ name, cors }) => ({ name, configs: cors.length > 0 ? [corsXml(cors)] : [] })),
  });
  try {
    mkdirSync(directory, { recursive: true });
    repairObjects(directory);
    await s3rver.configureBuckets();
  } catch (error) {
    throw new StartupError(`The files in ${directory} cannot be opened. Move ${dataDirectory} away to start afresh.`, {
      cause: error,
    });
  }
  s3rver.on('event', (event) => void followClock(directory, event));
  // A refused request is the client's business; the server answers it and writes nothing to the console.
  s3rver.on('error', () => {});
  confineStore(s3rver.store);
  findDeepPrefixes(s3rver.store);
  replaceContents(s3rver.store);
  // The front has found out who asks; s3rver lets nobody else override the headers of an answer.
  s3rver.middleware.unshift((context, next) => {
    context.state['account'] = ROOT_CREDENTIALS.accessKeyId;
    return next();
  });
  answerRequests(server, s3Front({ buckets, keys, s3rver: s3rver.callback() }));
};

/** Files carry the machine's time as "last modified"; give them the stack's. */
const followClock = async (directory: string, event: S3rver.ObjectEvent): Promise<void> => {
  for (const { eventName, s3 } of event.Records) {
    if (!eventName.startsWith('ObjectCreated')) continue;
    const file = path.join(directory, s3.bucket.name, `${s3.object.key}._S3rver_object`);
    const now = new Date();
    // The object may be gone again already.
    await utimes(file, now, now).catch(() => {});
  }
};

const corsXml = (rules: readonly CorsRule[]): string => {
  const elements = (name: string, values: readonly (string | number)[]): string =>
    values.map((value) => `<${name}>${value}</${name}>`).join('');
  const xml = rules.map(
    (rule) =>
      `<CORSRule>${elements('AllowedOrigin', rule.AllowedOrigins)}${elements('AllowedMethod', rule.AllowedMethods)}` +
      `${elements('AllowedHeader', rule.AllowedHeaders ?? [])}${elements('ExposeHeader', rule.ExposedHeaders ?? [])}` +
      `${elements('MaxAgeSeconds', rule.MaxAge === undefined ? [] : [rule.MaxAge])}</CORSRule>`,
  );
  return `<CORSConfiguration>${xml.join('')}</CORSConfiguration>`;
};
