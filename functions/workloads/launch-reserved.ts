import type { Expiring } from '../../shared/domain/expiring.ts';
import { AwsFailed, AwsThrottled, LaunchesPaused, LaunchUncertain } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Reserved } from '../../shared/domain/reservations.ts';
import type { BudgetCommitments, TakeBack, Wanted } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import { logger } from '../runtime/logger.ts';
import type { LaunchWorkload } from './launch-workload.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface ReserveDependencies {
  readonly quotas: Pick<QuotaReservations, 'reserve' | 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'commit'>;
}

/**
 * Takes room in the person's quotas, then in all budgets.
 * @returns takes both back
 * @throws QuotaExceeded, BudgetExceeded: nothing is held then
 */
export const reserveLaunch = async (
  { quotas, budgets }: ReserveDependencies,
  person: Person,
  reserved: Reserved & { readonly workers?: number },
  hold: Wanted,
): Promise<TakeBack> => {
  await quotas.reserve(person, reserved);
  const takeBack = await budgets.commit(person, hold).catch(async (error: unknown) => {
    await quotas.release(person.id, reserved);
    throw error;
  });
  return async () => {
    await takeBack();
    await quotas.release(person.id, reserved);
  };
};

interface LaunchReservedDependencies<Holder extends Expiring> {
  readonly repository: Pick<ExpiringRepository<Holder, string>, 'get' | 'abandonLaunch'>;
  readonly owning: (holder: Holder) => WorkloadOwner<Holder>;
  readonly launch: LaunchWorkload<Holder>;
}

/**
 * Asks EMR for what is claimed. What EMR did not take now stays waiting, and the upkeep launches it.
 * @throws EmrRefusedLaunch; AwsFailed if nothing was launched: the claim and what was reserved are taken back
 */
export const launchReserved = async <Holder extends Expiring>(
  { repository, owning, launch }: LaunchReservedDependencies<Holder>,
  claimed: Holder,
  takeBack: TakeBack,
): Promise<Holder> => {
  try {
    return (await launch(owning(claimed))).holder;
  } catch (error) {
    if (error instanceof LaunchUncertain) {
      logger.warn('It is not certain whether EMR launched a workload', { id: claimed.id, error });
      return claimed;
    }
    if (error instanceof AwsThrottled || error instanceof LaunchesPaused) return repository.get(claimed.id);
    // Deletes the claim only if the attempt was withdrawn.
    if (error instanceof AwsFailed && (await repository.abandonLaunch(claimed))) await takeBack();
    throw error;
  }
};
