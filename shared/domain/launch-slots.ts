/** A leaky bucket: so many at once, then one every so many milliseconds. */
interface Lane {
  readonly burst: number;
  readonly everyMs: number;
}

/**
 * EMR takes 10 RunJobFlow calls at once and then one in two seconds, from the whole account. The first two lanes together stay
 * within that. People's clusters take a slot of either lane, runs of the shared one only: however many runs wait, a cluster goes first.
 */
export const LAUNCH_LANES = {
  shared: { burst: 8, everyMs: 2110 },
  people: { burst: 2, everyMs: 40_000 },
  /** EMR Serverless takes 25 StartJobRun calls at once and then one a second; one of them is left to chance. */
  serverless: { burst: 24, everyMs: 1000 },
} as const satisfies Readonly<Record<string, Lane>>;

export type LaunchLane = keyof typeof LAUNCH_LANES;

export type LaunchFor = 'cluster' | 'run' | 'serverlessRun';

/** For each lane, the moment by which all of its slots so far are used up, in milliseconds since the epoch. */
export type NextFreeAt = Readonly<Partial<Record<LaunchLane, number>>>;

/** The lane's next state, after one more slot is taken. */
export const nextFreeAfter = (nextFreeAt: number | undefined, lane: LaunchLane, now: number): number =>
  Math.max(nextFreeAt ?? 0, now) + LAUNCH_LANES[lane].everyMs;

/** When the slot is that left the lane in this state: now, or as much later as the burst is used up. */
export const slotBefore = (nextFreeAt: number, lane: LaunchLane, now: number): number =>
  Math.max(now, nextFreeAt - LAUNCH_LANES[lane].burst * LAUNCH_LANES[lane].everyMs);

/** The lane with the earliest slot; the shared one where both have one as early. */
export const laneFor = (launch: LaunchFor, nextFreeAt: NextFreeAt, now: number): LaunchLane => {
  if (launch === 'serverlessRun') return 'serverless';
  const slotIn = (lane: LaunchLane): number => slotBefore(nextFreeAfter(nextFreeAt[lane], lane, now), lane, now);
  return launch === 'cluster' && slotIn('people') < slotIn('shared') ? 'people' : 'shared';
};
