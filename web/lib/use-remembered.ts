import { useState } from 'react';

/** A value in this browser's local storage; null if there is none or storage is blocked. */
export const recalled = (name: string): string | null => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};

export const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is blocked; the value lasts for this page only.
  }
};

/** A text kept in this browser's local storage. */
export const useRemembered = (name: string, initial: string): readonly [string, (value: string) => void] => {
  const [value, setValue] = useState(() => recalled(name) ?? initial);
  return [
    value,
    (next) => {
      setValue(next);
      remember(name, next);
    },
  ];
};
