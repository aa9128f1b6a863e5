import { isDeepStrictEqual } from 'node:util';
import { conflict } from '../errors.ts';

interface Requested {
  readonly request: { readonly clientToken: string };
}

/**
 * What an earlier call with this client token made, among records where tokens are unique; null if none did.
 * @throws AwsError `ConflictException` where that call asked for something else
 */
export const madeBefore = <Record extends Requested>(
  records: readonly Record[],
  request: Record['request'],
): Record | null => {
  const known = records.find((one) => one.request.clientToken === request.clientToken) ?? null;
  if (known !== null && !isDeepStrictEqual(known.request, request)) {
    throw conflict('The client token was used with other parameters.');
  }
  return known;
};
