const BASE = 'https://portal.invalid';

/**
 * The path to open after sign-in. Prevents open redirects and a loop back to the sign-in.
 * @returns the path as browsers would normalise it; `/` for anything else
 */
export const localPath = (wanted: string | undefined): string => {
  if (wanted === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted) || wanted.length > 1000) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, BASE);
  // `/.//example.com` normalises to what a browser takes for another host.
  if (origin !== BASE || pathname.startsWith('//') || pathname.startsWith('/auth/')) return '/';
  return `${pathname}${search}${hash}`;
};
