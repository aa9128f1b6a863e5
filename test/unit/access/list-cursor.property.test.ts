import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodePosition, decodeSorted, encodePosition, encodeSorted } from '../../../functions/access/list-cursor.ts';
import { decodeCursor, encodeCursor } from '../../../functions/adapters/dynamodb-cursor.ts';
import { InvalidInput } from '../../../shared/domain/errors.ts';
import { anyText, holds } from '../properties.ts';

const NAMES = ['pk', 'sk'] as const;
const id = fc.string({ minLength: 1, maxLength: 200 });
const time = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const forged = fc.oneof(
  anyText,
  fc
    .oneof(
      fc.jsonValue(),
      fc.tuple(fc.jsonValue(), fc.jsonValue()),
      fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue()),
    )
    .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
);

describe('a cursor', () => {
  it('leads back to the place that it was made of', () => {
    holds(
      fc.property(time, id, fc.oneof(fc.string(), fc.integer(), fc.constant(null)), (createdAt, each, value) => {
        expect(decodePosition(encodePosition({ createdAt, id: each }))).toEqual({ createdAt, id: each });
        expect(decodeSorted(encodeSorted({ value, id: each }))).toEqual({ value, id: each });
        expect(decodeCursor(NAMES, encodeCursor(NAMES, { pk: each, sk: createdAt, more: 1 }))).toEqual({
          pk: each,
          sk: createdAt,
        });
      }),
    );
  });

  it.each([
    ['a list', decodePosition],
    ['a sorted list', decodeSorted],
    ['a query', (cursor: string) => decodeCursor(NAMES, cursor)],
  ])('of %s that was forged is a place, or refused by its field', (_, decode) => {
    holds(
      fc.property(forged, (cursor) => {
        try {
          const place = decode(cursor);
          expect(
            Object.values(place).every((part) => part === null || ['string', 'number'].includes(typeof part)),
          ).toBe(true);
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
          expect(error.errors.map(({ field }) => field)).toEqual(['cursor']);
        }
      }),
      1000,
    );
  });
});
