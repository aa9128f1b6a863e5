import { useSyncExternalStore } from 'react';

/** Whether a media query matches; updated on change. */
export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (notify) => {
      const media = matchMedia(query);
      media.addEventListener('change', notify);
      return () => media.removeEventListener('change', notify);
    },
    () => matchMedia(query).matches,
  );

/** Below this width what stands beside the page on wide screens stands above it, as in `shell.css`. */
export const useStacked = (): boolean => useMedia('(max-width: 900px)');

/** Phones: tables show their most important columns only. */
export const useNarrow = (): boolean => useMedia('(max-width: 640px)');
