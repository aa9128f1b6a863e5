import { countText } from '../../lib/amounts.ts';

export interface Counts {
  readonly clusters: number;
  readonly sessions: number;
  readonly runs: number;
}

export const hoursText = (hours: number): string => hours.toLocaleString('en', { maximumFractionDigits: 1 });

/** Only of what there was. */
export const countsText = ({ clusters, sessions, runs }: Counts): string =>
  [
    ...(clusters > 0 ? [countText(clusters, 'cluster')] : []),
    ...(sessions > 0 ? [countText(sessions, 'session')] : []),
    ...(runs > 0 ? [countText(runs, 'run')] : []),
  ].join(', ');
