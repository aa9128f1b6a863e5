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

/** Phones: tables show their most important columns only. */
export const useNarrow = (): boolean => useMedia('(max-width: 640px)');
