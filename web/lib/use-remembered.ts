import { useState } from 'react';

/** What this browser remembers; nothing where the person forbids it to. */
const recalled = (name: string): string | null => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};

const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Then it holds for this page only.
  }
};

/** A text that the person gave once and that this browser, and only it, keeps for the next time. */
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
