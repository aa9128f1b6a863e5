import { SESSION_HOURS } from '../../shared/contract/identity-claims.ts';
import type { HttpRequest } from '../runtime/http-request.ts';
import type { Tokens } from '../ports/identity-provider.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** The cookies of the portal, read and as `Set-Cookie` values. */
export interface SessionCookies {
  /** Name of the cookie that holds the session. */
  readonly sessionName: string;
  read(request: HttpRequest): { readonly idToken: string | null; readonly refreshToken: string | null };
  /** Whether browsers and the HTTP API take cookies of this size. */
  fit(tokens: Tokens): boolean;
  keep(tokens: Tokens): string[];
  clear(): string[];
  /** What a begun sign-in has to remember until the callback. */
  readPending(request: HttpRequest): string | null;
  keepPending(value: string): string;
  clearPending(): string;
}

/** Seconds; for looking up a password and a second factor. */
const PENDING_SECONDS = 600;

/** Browsers drop a cookie over 4096 bytes of name and value; HTTP API takes 10,240 bytes of headers together. */
const MAX_COOKIE_BYTES = 4096;
const MAX_COOKIES_BYTES = 7168;

const decoded = (value: string | undefined): string | null => {
  try {
    return value === undefined || value === '' ? null : decodeURIComponent(value);
  } catch {
    return null;
  }
};

export const sessionCookies = ({
  cookiePrefix,
  publicUrl,
}: Pick<SignInSettings, 'cookiePrefix' | 'publicUrl'>): SessionCookies => {
  const names = {
    id: `${cookiePrefix}atmo-id`,
    refresh: `${cookiePrefix}atmo-refresh`,
    pending: `${cookiePrefix}atmo-sign-in`,
  };
  // Browsers refuse secure cookies from plain http, which only the local stack has.
  const secure = publicUrl.startsWith('https:') || cookiePrefix !== '' ? '; Secure' : '';
  const set = (name: string, value: string, seconds: number): string =>
    `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  const size = (name: string, value: string): number => name.length + 1 + encodeURIComponent(value).length;

  return {
    sessionName: names.id,
    read: ({ cookies }) => ({ idToken: decoded(cookies[names.id]), refreshToken: decoded(cookies[names.refresh]) }),
    fit({ idToken, refreshToken }) {
      const sizes = [size(names.id, idToken), size(names.refresh, refreshToken ?? '')];
      return Math.max(...sizes) <= MAX_COOKIE_BYTES && sizes.reduce((sum, bytes) => sum + bytes) <= MAX_COOKIES_BYTES;
    },
    keep: ({ idToken, refreshToken }) => [
      set(names.id, idToken, SESSION_HOURS * 3600),
      ...(refreshToken === null ? [] : [set(names.refresh, refreshToken, SESSION_HOURS * 3600)]),
    ],
    clear: () => [set(names.id, '', 0), set(names.refresh, '', 0)],
    readPending: ({ cookies }) => decoded(cookies[names.pending]),
    keepPending: (value) => set(names.pending, value, PENDING_SECONDS),
    clearPending: () => set(names.pending, '', 0),
  };
};
