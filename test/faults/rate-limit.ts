/** A token bucket of an AWS API: whether another call is taken now. */
export const rateLimit = (burst: number, perSecond: number): (() => boolean) => {
  let tokens = burst;
  let at = Date.now();
  return () => {
    const now = Date.now();
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
