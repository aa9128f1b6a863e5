import { boundsOf, monthOf } from '../../shared/domain/month.ts';

/** What a month costs if it goes on as until now, in the currency of `soFar`. */
export const monthForecast = (soFar: number, now: number): number => {
  const { from, to } = boundsOf(monthOf(new Date(now).toISOString()));
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  // The first hours tell nothing about a month.
  const elapsed = Math.max(now - begin, 24 * 3_600_000);
  return Math.max(soFar, (soFar * (end - begin)) / elapsed);
};
