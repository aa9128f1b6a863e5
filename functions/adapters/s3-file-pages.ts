import type { S3Client } from '@aws-sdk/client-s3';

import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { decodeCursor, encodeCursor } from './dynamodb-cursor.ts';
import { SPARK_FACTS_FILE } from './notebook-spark-facts.ts';
import { objectsUnder, type ListedObject } from './s3-listing.ts';

/** What the runner itself writes, in the order in which people look for it. */
const LEADING_FILES = ['notebook.ipynb', 'notebook.zpln', 'notebook.html', 'notebook.md', 'outcome.json', 'run.log'];

const CURSOR = ['after'] as const;

/** What the runner tells the portal while it works, which is no result. */
export const PROGRESS_FILE = 'progress.json';

/** What is not listed among the others. */
const LISTED_APART: ReadonlySet<string> = new Set([...LEADING_FILES, PROGRESS_FILE, SPARK_FACTS_FILE]);

/** The place of an object of one page among all of them: after the object of this name. */
const placeAfter = ({ cursor }: PageRequest): string | undefined =>
  cursor === undefined ? undefined : decodeCursor(CURSOR, cursor)['after'];

interface Listing {
  readonly client: S3Client;
  readonly bucket: string;
  /** Of all keys; a name is what follows it. */
  readonly prefix: string;
}

const pageOf = ({ prefix }: Listing, found: readonly ListedObject[], { limit }: PageRequest): Page<ListedObject> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const isLast = last === undefined || found.length <= limit;
  return { items, cursor: isLast ? null : encodeCursor(CURSOR, { after: last.key.slice(prefix.length) }) };
};

/**
 * Objects by name, one page of them.
 * @param keep which keys count
 * @throws InvalidInput (field `cursor`), AwsThrottled, AwsFailed
 */
export const pageByName = async (
  listing: Listing,
  page: PageRequest,
  keep: (key: string) => boolean,
): Promise<Page<ListedObject>> => {
  const { client, bucket, prefix } = listing;
  const after = placeAfter(page);
  const found = await objectsUnder(client, bucket, prefix, {
    atMost: page.limit + 1,
    after: after === undefined ? undefined : `${prefix}${after}`,
    keep,
  });
  return pageOf(listing, found, page);
};

/** The leading files that are there and come after one of them; without it, all that are there. */
const leadingFiles = async (
  { client, bucket, prefix }: Listing,
  after: string | undefined,
): Promise<ListedObject[]> => {
  const names = LEADING_FILES.slice(after === undefined ? 0 : LEADING_FILES.indexOf(after) + 1);
  const found = await Promise.all(
    names.map(async (name) => {
      const [first] = await objectsUnder(client, bucket, `${prefix}${name}`, { atMost: 1 });
      return first?.key === `${prefix}${name}` ? [first] : [];
    }),
  );
  return found.flat();
};

/**
 * The results of a run, one page of them: what the runner wrote, then the others by name.
 * @throws InvalidInput (field `cursor`), AwsThrottled, AwsFailed
 */
export const pageOfResults = async (listing: Listing, page: PageRequest): Promise<Page<ListedObject>> => {
  const after = placeAfter(page);
  const isAmongOthers = after !== undefined && !LEADING_FILES.includes(after);
  const leading = isAmongOthers ? [] : await leadingFiles(listing, after);
  const others = await objectsUnder(listing.client, listing.bucket, listing.prefix, {
    atMost: Math.max(0, page.limit + 1 - leading.length),
    after: isAmongOthers ? `${listing.prefix}${after}` : undefined,
    keep: (key) => !LISTED_APART.has(key.slice(listing.prefix.length)),
  });
  return pageOf(listing, [...leading, ...others], page);
};
