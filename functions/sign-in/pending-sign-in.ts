import { createHash, randomBytes } from 'node:crypto';

import * as z from 'zod';

/** State of a sign-in in progress, kept in a cookie. */
const pendingSignIn = z.object({
  /** Ties the callback to this browser. */
  state: z.string(),
  /** Ties the ID token to this sign-in. */
  nonce: z.string(),
  /** PKCE code verifier: proves that the client that redeems the code also requested it. */
  codeVerifier: z.string(),
  returnTo: z.string(),
});

export type PendingSignIn = z.output<typeof pendingSignIn>;

/** 256 random bits: RFC 7636 wants at least that for a verifier. */
const secret = (): string => randomBytes(32).toString('base64url');

export const newPendingSignIn = (returnTo: string): PendingSignIn => ({
  state: secret(),
  nonce: secret(),
  codeVerifier: secret(),
  returnTo,
});

export const codeChallenge = (codeVerifier: string): string =>
  createHash('sha256').update(codeVerifier).digest('base64url');

export const encodePendingSignIn = (pending: PendingSignIn): string =>
  Buffer.from(JSON.stringify(pending)).toString('base64url');

/** Null if the cookie is missing or malformed. */
export const decodePendingSignIn = (value: string | null): PendingSignIn | null => {
  if (value === null) return null;
  try {
    const pending = pendingSignIn.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
    return pending.data ?? null;
  } catch {
    return null;
  }
};
