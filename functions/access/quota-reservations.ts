import { AwsFailed, AwsThrottled, StaleWrite } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import { quotasOf } from '../../shared/domain/quota.ts';
import { opened, released, reserved, type Reserved } from '../../shared/domain/reservations.ts';
import type { ReservationRepository } from '../ports/reservation-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import { logger } from '../runtime/logger.ts';

interface QuotaReservationsDependencies {
  readonly reservations: ReservationRepository;
  readonly quotaRules: ReadQuotaRules;
  readonly clock: Clock;
}

type Wanted = Reserved & { readonly workers?: number };

/** Holds people to their quotas: what they make is reserved before it is written, and released once it has ended. */
export interface QuotaReservations {
  /** Whether there is room now, without taking it: a refused request then leaves no trace. @throws QuotaExceeded */
  require(person: Person, wanted: Wanted): Promise<void>;
  /** @throws QuotaExceeded: nothing was written; StaleWrite where the person asks for too much at once */
  reserve(person: Person, wanted: Wanted): Promise<void>;
  /** To be called before the object is deleted, so that a crash in between cannot keep its reservation. */
  open(ownerId: string, object: Reserved): Promise<void>;
  /** Never fails: what could not be released, the sweep releases. */
  release(ownerId: string, object: Reserved): Promise<void>;
}

const passes = (error: unknown): boolean =>
  error instanceof AwsThrottled || error instanceof AwsFailed || error instanceof StaleWrite;

export const quotaReservations = ({
  reservations,
  quotaRules,
  clock,
}: QuotaReservationsDependencies): QuotaReservations => ({
  async require(person, wanted) {
    const quotas = quotasOf(person, await quotaRules());
    reserved(await reservations.of(person.id), wanted, quotas, clock.now());
  },
  async reserve(person, wanted) {
    const quotas = quotasOf(person, await quotaRules());
    await reservations.change(person.id, (held) => reserved(held, wanted, quotas, clock.now()));
  },
  async open(ownerId, object) {
    await reservations.change(ownerId, (held) => opened(held, object, clock.now()));
  },
  async release(ownerId, object) {
    try {
      await reservations.change(ownerId, (held) => released(held, object));
    } catch (error) {
      if (!passes(error)) throw error;
      logger.warn('A reservation could not be released; the sweep releases it', { ownerId, ...object, error });
    }
  },
});
