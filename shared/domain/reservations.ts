import type { Instant } from './instant.ts';
import { requireWithin, type Quotas } from './quota.ts';

export type ReservedKind = 'cluster' | 'session' | 'sparkJob' | 'sshKey';

/** What a reservation is for: the id of a cluster, a session or a key, the identifier of a job. */
export interface Reserved {
  readonly kind: ReservedKind;
  readonly id: string;
}

/** Room within a person's quotas, taken before the object is written. */
export interface Reservation extends Reserved {
  /** Of a cluster; 0 for what has none. */
  readonly workers: number;
  readonly reservedAt: Instant;
  /** Since when it is open whether the object exists; null once it was seen, until its deletion begins. */
  readonly openSince: Instant | null;
}

/** All that one person has reserved, in one item, so that one conditional write holds them to their quotas. */
export interface Reservations {
  readonly ownerId: string;
  readonly held: readonly Reservation[];
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export const noReservations = (ownerId: string): Reservations => ({ ownerId, held: [], version: 1 });

const QUOTA_OF = { cluster: 'clusters', session: 'sessions', sparkJob: 'sparkJobs', sshKey: 'sshKeys' } as const;

const isFor =
  ({ kind, id }: Reserved) =>
  (reservation: Reservation): boolean =>
    reservation.kind === kind && reservation.id === id;

const workersOf = (held: readonly Reservation[]): number => held.reduce((sum, { workers }) => sum + workers, 0);

/**
 * With room for one more object. Reserving the same again renews it.
 * @throws QuotaExceeded
 */
export const reserved = (
  reservations: Reservations,
  wanted: Reserved & { readonly workers?: number },
  quotas: Quotas,
  now: Instant,
): Reservations => {
  const others = reservations.held.filter((reservation) => !isFor(wanted)(reservation));
  const { kind, id, workers = 0 } = wanted;
  const used = others.filter((reservation) => reservation.kind === kind).length;
  requireWithin(QUOTA_OF[kind], used, 1, quotas[QUOTA_OF[kind]]);
  if (workers > 0) requireWithin('workers', workersOf(others), workers, quotas.workers);
  return { ...reservations, held: [...others, { kind, id, workers, reservedAt: now, openSince: now }] };
};

export const released = (reservations: Reservations, object: Reserved): Reservations => {
  const held = reservations.held.filter((reservation) => !isFor(object)(reservation));
  return held.length === reservations.held.length ? reservations : { ...reservations, held };
};

const withOpenSince = (reservations: Reservations, object: Reserved, openSince: Instant | null): Reservations => ({
  ...reservations,
  held: reservations.held.map((reservation) =>
    isFor(object)(reservation) ? { ...reservation, openSince } : reservation,
  ),
});

/** The object is about to be deleted: from here on, the sweep looks whether it still exists. */
export const opened = (reservations: Reservations, object: Reserved, now: Instant): Reservations =>
  reservations.held.some(isFor(object)) ? withOpenSince(reservations, object, now) : reservations;

/** Those whose object a request of the last minutes may not be about to write or delete. */
export const openBefore = ({ held }: Reservations, moment: Instant): readonly Reservation[] =>
  held.filter(({ openSince }) => openSince !== null && openSince < moment);

/** Whether objects of the kind end by themselves, so that each sweep looks at them. */
export const endsByItself = (kind: ReservedKind): boolean => kind === 'cluster' || kind === 'session';

/**
 * After a look at the object. The reservation of what ends by itself stays open.
 * @param seen as it was before the look: one that was renewed since stays as it is
 */
export const settled = (reservations: Reservations, seen: Reservation, exists: boolean): Reservations => {
  const current = reservations.held.find(isFor(seen));
  if (current === undefined || current.openSince !== seen.openSince) return reservations;
  if (!exists) return released(reservations, seen);
  return endsByItself(seen.kind) ? reservations : withOpenSince(reservations, seen, null);
};
