let offset = 0;

/** Takes the server's time from the `Date` header, so that a wrong local clock does not falsify the time left. */
export const learnServerTime = (header: string | null): void => {
  const serverTime = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(serverTime)) offset = serverTime - Date.now();
};

/** Milliseconds since the epoch by the server's clock, to the second. */
export const serverNow = (): number => Date.now() + offset;
