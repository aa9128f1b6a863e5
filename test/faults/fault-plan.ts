import type { Random } from './random.ts';

export const SERVICES = ['lambda', 'table', 'emr', 'scheduler', 'workflow', 'mail', 'files', 'network'] as const;
export type Service = (typeof SERVICES)[number];

/** What becomes of one call. `lost`: nobody knows whether it took effect; before: it did not; after: it did. */
export interface Fate {
  readonly kind:
    'fine' | 'outage' | 'failedBefore' | 'throttled' | 'lostBefore' | 'lostAfter' | 'diedBefore' | 'diedAfter';
  /** Milliseconds. */
  readonly delay: number;
}

interface Period {
  readonly from: number;
  readonly until: number;
}

interface Outage extends Period {
  readonly services: readonly Service[];
}

/** One operation fails four times in five, and the rest of its service goes on. */
interface Brownout extends Period {
  readonly call: string;
}

/** What another write or a message was meant to follow. */
const FOLLOWING_CALLS = [
  'history.record',
  'jobs.change',
  'usage.change',
  'audit.record',
  'accounts.settle',
  'reservations.change',
  'mailRecords.change',
  'schedules.put',
  'executions.start',
  'executions.completeWait',
] as const;

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** An outage longer than Scheduler delivers again after. */
const DAYS = 48;

/** Of an outage. */
const AFTERMATH = 15 * MINUTE;

const FINE: Fate = { kind: 'fine', delay: 0 };

/**
 * The faults of one seed: how many, of which kinds, and when services are out. After `until` there are none.
 * @param failing a call that fails four times in five all the time
 */
export const faultPlan = (random: Random, { from, until }: Period, failing?: string) => {
  const failures = random.pick([0, 0.002, 0.01, 0.03]);
  const deaths = random.pick([0, 0.0005, 0.003, 0.01]);
  const delays = random.pick([0.01, 0.05, 0.2]);
  const losses = random.pick([0, 0.05, 0.2]);
  const outages: Outage[] = Array.from({ length: Math.floor(random.between(0, 4)) }, () => {
    const begins = random.between(from, until);
    const hours = random.chance(0.1) ? random.between(20, 40) : random.between(0.1, 6);
    const services = random.chance(0.2) ? SERVICES : [random.pick(SERVICES)];
    return { services, from: begins, until: Math.min(begins + hours * HOUR, until) };
  });
  if (until - from > DAYS * HOUR)
    outages.push({ services: [random.pick(SERVICES)], from, until: from + random.between(25, DAYS) * HOUR });
  /** EMR has so many launches of others that it throttles ours. */
  const rushes: Period[] = Array.from({ length: Math.floor(random.between(0, 4)) }, () => {
    const begins = random.between(from, until);
    return { from: begins, until: Math.min(begins + random.between(3, 20) * MINUTE, until) };
  });
  /** Indexes lag behind for all writes. */
  const backlogs: Period[] = Array.from({ length: Math.floor(random.between(0, 4)) }, () => {
    const begins = random.between(from, until);
    return { from: begins, until: Math.min(begins + random.between(1, 4) * HOUR, until) };
  });
  const brownouts: Brownout[] = Array.from({ length: Math.floor(random.between(0, 4)) }, () => {
    const begins = random.between(from, until);
    return {
      call: random.pick(FOLLOWING_CALLS),
      from: begins,
      until: Math.min(begins + random.between(2, 10) * HOUR, until),
    };
  });
  if (failing !== undefined) brownouts.push({ call: failing, from, until });
  const faults: Record<string, number> = {};
  /** Counts a fault. */
  const happened = (fault: string): void => {
    faults[fault] = (faults[fault] ?? 0) + 1;
  };
  /** What was held back comes all at once after an outage, and what fails is repeated: for so long no rate is kept. */
  const isTroubled = (): boolean =>
    [...outages, ...brownouts].some(({ from: begins, until: ends }) =>
      isNow({ from: begins, until: ends + AFTERMATH }),
    );
  const counted = (fault: string, isSo: boolean): boolean => {
    if (isSo) happened(fault);
    return isSo;
  };
  const isCalm = (): boolean => Date.now() >= until;
  const isNow = (period: Period): boolean => period.from <= Date.now() && Date.now() < period.until;
  const isOut = (service: Service): boolean =>
    outages.some((outage) => outage.services.includes(service) && isNow(outage));
  return {
    outages,
    rushes,
    brownouts,
    /** How often each fault happened so far. */
    faults,
    happened,
    until,
    isCalm,
    isOut,
    isTroubled,
    /** Milliseconds by which an index lags behind. */
    indexLag: (most: number): number => {
      if (isCalm()) return 0;
      const isBehind = backlogs.some(isNow);
      if (!counted('late index', isBehind || !random.chance(0.8))) return 0;
      return random.between(isBehind ? most / 2 : 0, most);
    },
    /** Whether a message between services is lost, or comes twice. */
    loses: (): boolean => counted('lost message', !isCalm() && random.chance(losses)),
    doubles: (): boolean => counted('double message', !isCalm() && random.chance(losses)),
    /** Milliseconds that a message is on its way. */
    travel: (most: number): number => random.between(0, isCalm() ? most / 10 : most),
    /** @param loses how often the answer of this call, a launch, is lost besides */
    fateOf(service: Service, call: string, loses = 0): Fate {
      if (isCalm()) return FINE;
      if (isOut(service)) return { kind: 'outage', delay: 0 };
      if (brownouts.some((brownout) => brownout.call === call && isNow(brownout)) && random.chance(0.8))
        return { kind: random.pick(['failedBefore', 'lostAfter', 'diedBefore', 'diedAfter'] as const), delay: 0 };
      if (loses > 0 && rushes.some(isNow)) return { kind: 'throttled', delay: 0 };
      const delay = random.chance(delays) ? random.between(1, random.chance(0.02) ? 20_000 : 1500) : 0;
      if (loses > 0 && random.chance(loses)) return { kind: 'lostAfter', delay };
      if (random.chance(failures))
        return { kind: random.pick(['failedBefore', 'throttled', 'lostBefore', 'lostAfter'] as const), delay };
      if (random.chance(deaths)) return { kind: random.pick(['diedBefore', 'diedAfter'] as const), delay };
      return delay === 0 ? FINE : { kind: 'fine', delay };
    },
  };
};

export type FaultPlan = ReturnType<typeof faultPlan>;
