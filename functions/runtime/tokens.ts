import { randomBytes, randomInt } from 'node:crypto';

/** Ten lower-case letters and digits (50 bits): part of EMR names, where a run token must be found again. */
export const newRunToken = (): string => Array.from(randomBytes(10), (byte) => (byte % 32).toString(32)).join('');

/** 120 random bits: unguessable, and safe in URLs and keys. */
export const newId = (): string => randomBytes(15).toString('base64url');

/** 256 random bits, for what only one holder may know: 43 characters that are safe anywhere. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A number in [0, 1), from the system's own source of randomness. */
export const random = (): number => randomInt(2 ** 32) / 2 ** 32;
