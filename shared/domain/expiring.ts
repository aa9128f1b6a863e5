import { Conflict } from './errors.ts';
import { HOUR_MS, plusHours, type Instant } from './instant.ts';
import { withMail, type OutboxMail } from './mail.ts';
import { endingOfWorkload, isEnded, needsTermination, phaseOf, type Workload } from './workload.ts';

/** Time before the expiry at which the owner is mailed. */
export const EXPIRY_NOTICE_HOURS = 1;

/** What a person launched for a lifetime that ends it: a cluster or a session. */
export interface Expiring {
  readonly id: string;
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly ownerEmail: string;
  /** Workers. */
  readonly size: number;
  /** Hours, as asked for at the launch. */
  readonly lifetime: number;
  readonly lifetimeExtensionCount: number;
  readonly emrRelease: string;
  readonly workload: Workload;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** The expiry time of the last mail to the owner. */
  readonly expiryMailedFor: Instant | null;
  readonly outbox: readonly OutboxMail[];
  /** When its whole usage was added up; null while there is something to add, and where EMR never had it. */
  readonly usageClosedAt: Instant | null;
  readonly modifiedAt: Instant;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

/** What lists of them are searched, sorted and narrowed by. */
export type SearchedExpiring<Holder extends Expiring = Expiring> = Pick<
  Expiring,
  'id' | 'owner' | 'size' | 'emrRelease' | 'createdAt' | 'expiresAt'
> &
  Pick<Holder, Extract<keyof Holder, 'identifier' | 'name'>> & {
    readonly workload: Pick<Workload, 'status' | 'finishedAt'>;
  };

/** What a new one begins with. */
export const newlyExpiring = (lifetime: number, now: Instant) =>
  ({
    lifetime,
    lifetimeExtensionCount: 0,
    createdAt: now,
    expiresAt: plusHours(now, lifetime),
    expiryMailedFor: null,
    outbox: [],
    usageClosedAt: null,
    modifiedAt: now,
    version: 1,
  }) as const;

type Held = Pick<Expiring, 'workload'>;

export const isActive = ({ workload }: Held): boolean => !isEnded(workload);
export const isReady = ({ workload }: Held): boolean => phaseOf(workload) === 'running';
export const isFailed = ({ workload }: Held): boolean => endingOfWorkload(workload) === 'failed';
export const isExpired = ({ expiresAt }: Pick<Expiring, 'expiresAt'>, now: Instant): boolean => expiresAt <= now;

/** Whether the expiry of an active one is near enough to tell its owner. */
export const isExpiringSoon = ({ expiresAt }: Pick<Expiring, 'expiresAt'>, now: Instant): boolean =>
  expiresAt <= plusHours(now, EXPIRY_NOTICE_HOURS);

export const isGoingDown = ({ workload }: Held): boolean =>
  workload.termination !== null || phaseOf(workload) === 'ending';

/** After a transition of its workload; the same object if nothing changed. */
export const withWorkload = <Holder extends Held & Pick<Expiring, 'modifiedAt'>>(
  holder: Holder,
  change: (workload: Workload) => Workload,
  now: Instant,
): Holder => {
  const workload = change(holder.workload);
  return workload === holder.workload ? holder : { ...holder, workload, modifiedAt: now };
};

/** It has expired, or its recorded termination was not yet accepted by EMR. */
export const isToTerminate = (holder: Expiring, now: Instant): boolean =>
  needsTermination(holder.workload) || (isActive(holder) && isExpired(holder, now));

/** Hours from its making to its expiry. */
export const hoursOf = ({ createdAt, expiresAt }: Pick<Expiring, 'createdAt' | 'expiresAt'>): number =>
  (Date.parse(expiresAt) - Date.parse(createdAt)) / HOUR_MS;

/**
 * @param noun as messages call it
 * @throws Conflict unless it is active and not ending
 */
export const prolonged = <Holder extends Expiring>(
  holder: Holder,
  noun: 'cluster' | 'session',
  hours: number,
  now: Instant,
): Holder => {
  if (!isActive(holder) || isGoingDown(holder)) {
    const { status } = holder.workload;
    throw new Conflict(`The ${noun} is ${status}. Only an active ${noun} can be extended. Launch a new one.`);
  }
  return {
    ...holder,
    expiresAt: plusHours(holder.expiresAt, hours),
    lifetimeExtensionCount: holder.lifetimeExtensionCount + 1,
    modifiedAt: now,
  };
};

/** Adds a mail about the current expiry, once, from one hour before it. */
export const withMailOfExpiry = <Holder extends Expiring>(holder: Holder, mail: OutboxMail, now: Instant): Holder => {
  const isDue = isActive(holder) && isExpiringSoon(holder, now) && !isExpired(holder, now) && !isGoingDown(holder);
  if (!isDue || holder.expiryMailedFor === holder.expiresAt) return holder;
  return {
    ...holder,
    expiryMailedFor: holder.expiresAt,
    outbox: withMail(holder.outbox, mail),
    modifiedAt: now,
  };
};
