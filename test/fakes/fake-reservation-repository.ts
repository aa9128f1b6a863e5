import type { ReservationRepository } from '../../functions/ports/reservation-repository.ts';
import { noReservations, type Reservations } from '../../shared/domain/reservations.ts';

export const fakeReservationRepository = (): ReservationRepository => {
  const people = new Map<string, Reservations>();
  return {
    of: async (ownerId) => people.get(ownerId) ?? noReservations(ownerId),
    async change(ownerId, change) {
      const current = people.get(ownerId) ?? noReservations(ownerId);
      const changed = change(current);
      people.set(ownerId, changed === current ? current : { ...changed, version: current.version + 1 });
      return people.get(ownerId) ?? current;
    },
    open: async () => [...people.values()].filter(({ held }) => held.some(({ openSince }) => openSince !== null)),
  };
};
