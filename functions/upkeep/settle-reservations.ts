import { isActive } from '../../shared/domain/expiring.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import { endsByItself, openBefore, settled, type ReservedKind } from '../../shared/domain/reservations.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ReservationRepository } from '../ports/reservation-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface SettleReservationsDependencies {
  readonly reservations: ReservationRepository;
  readonly clusters: Pick<ClusterRepository, 'get'>;
  readonly sessions: Pick<SessionRepository, 'get'>;
  readonly jobs: Pick<SparkJobRepository, 'get'>;
  readonly sshKeys: Pick<SshKeyRepository, 'get'>;
  readonly clock: Clock;
}

/** Longer than any request that reserves and then writes. */
const GRACE_MINUTES = 5;

const unlessGone = async (look: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
};

/** Drops reservations of what was never written, has ended or is deleted, where the request that should have did not. @throws SweepFailed */
export const settleReservations = ({ reservations, clock, ...deps }: SettleReservationsDependencies): Task => {
  const { clusters, sessions, jobs, sshKeys } = deps;
  const exists: Readonly<Record<ReservedKind, (id: string, ownerId: string) => Promise<boolean>>> = {
    cluster: async (id, ownerId) => {
      const cluster = await clusters.get(id);
      return isActive(cluster) && cluster.ownerId === ownerId;
    },
    session: async (id, ownerId) => {
      const session = await sessions.get(id);
      return isActive(session) && session.ownerId === ownerId;
    },
    sparkJob: async (identifier, ownerId) => (await jobs.get(identifier)).ownerId === ownerId,
    sshKey: async (id, ownerId) => (await sshKeys.get(id)).ownerId === ownerId,
  };

  return async () => {
    const before = plusMinutes(clock.now(), -GRACE_MINUTES);
    return sweep({
      what: 'settle a reservation',
      items: (await reservations.open()).flatMap((held) =>
        openBefore(held, before).map((reservation) => ({ ownerId: held.ownerId, reservation })),
      ),
      evidence: ({ ownerId, reservation: { kind, id } }) => ({ ownerId, kind, id }),
      act: async ({ ownerId, reservation }) => {
        const isThere = await unlessGone(() => exists[reservation.kind](reservation.id, ownerId));
        if (isThere && endsByItself(reservation.kind)) return;
        await reservations.change(ownerId, (held) => settled(held, reservation, isThere));
      },
    });
  };
};
