import type { Reservations } from '../../shared/domain/reservations.ts';

/** What each person has reserved of their quotas: one item a person, made at the first reservation. */
export interface ReservationRepository {
  /** Nothing held for one who has never reserved. */
  of(ownerId: string): Promise<Reservations>;
  /** As `ClusterRepository.change`. @throws StaleWrite, and whatever the change throws */
  change(ownerId: string, change: (reservations: Reservations) => Reservations): Promise<Reservations>;
  /** Those with a reservation of which it is open whether its object exists. */
  open(): Promise<readonly Reservations[]>;
}
