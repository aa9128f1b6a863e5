import { S3Client } from '@aws-sdk/client-s3';

import type { Setting } from '../../shared/contract/environment.ts';
import { requestHandler } from './request-handler.ts';

export const S3_SETTINGS = ['s3ForcePathStyle'] as const satisfies readonly Setting[];

/** Seconds that a link to a private file works. */
export const LINK_SECONDS = 15 * 60;

/** Seconds for which a list has the same links, so that it is not sent again while its files stay what they are. */
const SAME_LINK_SECONDS = 5 * 60;

/** When a link of a list counts as signed: it works for ten minutes at least. */
export const listSigningDate = (): Date =>
  new Date(Math.floor(Date.now() / (SAME_LINK_SECONDS * 1000)) * SAME_LINK_SECONDS * 1000);

export const s3Client = ({ s3ForcePathStyle }: { readonly s3ForcePathStyle: string }): S3Client =>
  new S3Client({ forcePathStyle: s3ForcePathStyle === 'true', requestHandler });

/** Percent-encoding as header parameters have it (RFC 5987), which spares fewer characters than URLs do. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*!]/g,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  );

/** Has the browser save the file under its own name, whatever characters it has (RFC 6266). */
export const asAttachment = (fileName: string): string => {
  const plainName = fileName.replaceAll(/[^\w. -]/g, '_');
  const plain = `attachment; filename="${plainName}"`;
  return plainName === fileName ? plain : `${plain}; filename*=UTF-8''${encoded(fileName)}`;
};
