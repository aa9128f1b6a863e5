import { useEffect, useState } from 'react';

import { serverNow } from './server-clock.ts';

/** The server's current time in milliseconds, updated often enough for texts in minutes. */
export const useNow = (everyMilliseconds = 10_000): number => {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
};
