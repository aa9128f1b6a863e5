import { invalidRequest } from './emr-error.ts';

/** Entries on a page of EMR's lists. */
const PAGE_SIZE = 50;

/**
 * A page of a list that is in the order of its entries' ranks. The marker is the rank of the last entry given, not its
 * position: what is launched, or changes state and falls out of a filter, between two calls moves nothing.
 * @throws EmrError `InvalidRequestException` for a marker that is not ours
 */
export const page = <Item>(
  items: readonly Item[],
  rank: (item: Item) => number,
  marker: string | undefined,
): { items: Item[]; Marker?: string } => {
  const after = marker === undefined ? Number.NEGATIVE_INFINITY : Number(Buffer.from(marker, 'base64url').toString());
  if (marker === '' || Number.isNaN(after)) throw invalidRequest(`Marker '${marker ?? ''}' is not valid.`);
  const rest = items.filter((item) => rank(item) > after);
  const shown = rest.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const more = rest.length > PAGE_SIZE && last !== undefined;
  return { items: shown, ...(more ? { Marker: Buffer.from(String(rank(last))).toString('base64url') } : {}) };
};
