import { toInstant, type Instant } from '../../shared/domain/instant.ts';

/** Time as a dependency, so that rules about it can be tested without waiting. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => toInstant(Date.now()) };
