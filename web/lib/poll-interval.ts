/** Milliseconds between two reads of what is changing. */
export const LIVE_INTERVAL = 2000;

const REST_INTERVAL = 10_000;
const MAX_REST_INTERVAL = 120_000;

/** When each answer was first seen. An answer that has not changed (304) is the same object. */
const firstSeen = new WeakMap<object, number>();

/** Milliseconds until data at rest is read again: a quarter of the time since it changed, within bounds. */
export const restInterval = (data: object, now: number): number => {
  const since = firstSeen.get(data) ?? now;
  firstSeen.set(data, since);
  return Math.min(MAX_REST_INTERVAL, Math.max(REST_INTERVAL, (now - since) / 4));
};
