let offset = 0;

/** Learns the server's time from an answer's `Date` header, so that a wrong clock here shows no wrong time left. */
export const learnServerTime = (header: string | null): void => {
  const serverTime = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(serverTime)) offset = serverTime - Date.now();
};

/** Milliseconds since the epoch by the server's clock, to the second. */
export const serverNow = (): number => Date.now() + offset;
