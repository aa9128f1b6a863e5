import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

type Rewrite = (objects: string, lastKey: string | null) => string;

/**
 * Answers listings of objects (version 2) and of object versions with the one listing that s3rver can continue: its
 * continuation tokens need a cipher that today's OpenSSL has no more, and it keeps no versions. Every object is its own
 * only version, with the id `null` as in a bucket where versioning was never on.
 * @returns whether the request is such a listing
 */
export const answerListing = (request: IncomingMessage, response: ServerResponse, s3rver: RequestListener): boolean => {
  const url = new URL(request.url ?? '/', 'http://s3');
  const query = url.searchParams;
  const isVersions = query.has('versions');
  if (request.method !== 'GET' || (!isVersions && query.get('list-type') !== '2')) return false;
  const token = query.get('continuation-token');
  const marker = isVersions
    ? query.get('key-marker')
    : token === null
      ? query.get('start-after')
      : Buffer.from(token, 'base64url').toString('utf8');
  const listing = new URLSearchParams();
  for (const name of ['prefix', 'delimiter', 'max-keys']) {
    const value = query.get(name);
    if (value !== null) listing.set(name, value);
  }
  if (marker !== null) listing.set('marker', marker);
  request.url = `${url.pathname}?${listing.toString()}`;
  rewriteAnswer(response, isVersions ? asVersions : asVersion2);
  s3rver(request, response);
  return true;
};

const rewriteAnswer = (response: ServerResponse, rewrite: Rewrite): void => {
  const end = response.end.bind(response) as (body?: unknown) => ServerResponse;
  response.end = ((body: unknown) => {
    if (typeof body !== 'string' || response.statusCode !== 200) return end(body);
    // s3rver escapes what its XML library then escapes once more.
    const objects = body.replaceAll(/&amp;(#?\w+;)/g, '&$1');
    const lastKey = [...objects.matchAll(/<Contents><Key>([^<]*)<\/Key>/g)].at(-1)?.[1] ?? '';
    const listing = rewrite(objects, objects.includes('<IsTruncated>true</IsTruncated>') ? lastKey : null);
    response.setHeader('Content-Length', Buffer.byteLength(listing));
    return end(listing);
  }) as typeof response.end;
};

const asVersion2: Rewrite = (objects, lastKey) => {
  const keyCount = objects.split('<Contents>').length - 1 + objects.split('<CommonPrefixes>').length - 1;
  const token = lastKey === null ? '' : Buffer.from(unescapeXml(lastKey)).toString('base64url');
  const next = token === '' ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`;
  return objects.replace('</ListBucketResult>', `<KeyCount>${keyCount}</KeyCount>${next}</ListBucketResult>`);
};

const asVersions: Rewrite = (objects, lastKey) => {
  const next = `<NextKeyMarker>${lastKey}</NextKeyMarker><NextVersionIdMarker>null</NextVersionIdMarker>`;
  return objects
    .replaceAll('ListBucketResult', 'ListVersionsResult')
    .replaceAll('<Contents>', '<Version><VersionId>null</VersionId><IsLatest>true</IsLatest>')
    .replaceAll('</Contents>', '</Version>')
    .replace('</ListVersionsResult>', `${lastKey === null ? '' : next}</ListVersionsResult>`);
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

export const unescapeXml = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
