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

interface Outage {
  readonly services: readonly Service[];
  readonly from: number;
  readonly until: number;
}

const HOUR = 3_600_000;
const FINE: Fate = { kind: 'fine', delay: 0 };

/** The faults of one seed: how many, of which kinds, and when services are out. After `until` there are none. */
export const faultPlan = (random: Random, { from, until }: { readonly from: number; readonly until: number }) => {
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
  const isCalm = (): boolean => Date.now() >= until;
  const isOut = (service: Service): boolean => {
    const now = Date.now();
    return outages.some((outage) => outage.services.includes(service) && outage.from <= now && now < outage.until);
  };
  return {
    outages,
    until,
    isCalm,
    isOut,
    /** Whether a message between services is lost, or comes twice. */
    loses: (): boolean => !isCalm() && random.chance(losses),
    doubles: (): boolean => !isCalm() && random.chance(losses),
    /** Milliseconds that a message is on its way. */
    travel: (most: number): number => random.between(0, isCalm() ? most / 10 : most),
    /** @param loses how often the answer of this call is lost besides */
    fateOf(service: Service, loses = 0): Fate {
      if (isCalm()) return FINE;
      if (isOut(service)) return { kind: 'outage', delay: 0 };
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
