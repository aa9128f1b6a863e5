import { AwsFailed, AwsThrottled, NotFound } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import type { JobIdentifier, Withdrawal } from '../../shared/domain/job-identifier.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { ResultFiles } from '../ports/result-files.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';

interface WithdrawResultsDependencies {
  readonly jobs: SparkJobRepository;
  readonly identifiers: JobIdentifiers;
  readonly resultFiles: ResultFiles;
  readonly clock: Clock;
}

/** A cluster that is terminated may write for a while. */
const REPEATED_FOR_MINUTES = 10;

const isWritingPublicly = (job: SparkJob | null): boolean =>
  job !== null && job.latestRun !== null && job.latestRun.resultVisibility === 'public' && !isFinalRun(job.latestRun);

/** Withdraws results from the public, or removes them. */
export const withdrawResults = ({ jobs, identifiers, resultFiles, clock }: WithdrawResultsDependencies) => {
  const act = async (identifier: string, { scope }: Withdrawal): Promise<void> =>
    scope === 'all' ? resultFiles.removeAll(identifier) : resultFiles.makePrivate(identifier);

  const done = (identifier: string, { since }: Withdrawal): Promise<JobIdentifier> =>
    identifiers.change(identifier, (known) =>
      known.withdrawal?.since === since ? { ...known, withdrawal: null } : known,
    );

  const find = async (identifier: string): Promise<SparkJob | null> => {
    try {
      return await jobs.get(identifier);
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  };

  return {
    /** Notes what is to go. To be called before the change that asks for it. */
    async note(job: Pick<SparkJob, 'identifier' | 'ownerId'>, scope: Withdrawal['scope']): Promise<void> {
      await identifiers.claim(job.identifier, job.ownerId);
      await identifiers.change(job.identifier, (known) => ({ ...known, withdrawal: { scope, since: clock.now() } }));
    },

    /** Does what was noted. What fails is left to the upkeep: the change that asked for it is made. */
    async now(identifier: string): Promise<void> {
      const known = await identifiers.find(identifier);
      if (known === null || known.withdrawal === null) return;
      try {
        await act(identifier, known.withdrawal);
      } catch (error) {
        if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
        logger.error('Results could not be withdrawn; the upkeep goes on', { job: identifier, error });
      }
    },

    /** Ends what is noted, before a new job under the identifier writes results. */
    async finish({ identifier, withdrawal }: JobIdentifier): Promise<void> {
      if (withdrawal === null) return;
      await act(identifier, withdrawal);
      await done(identifier, withdrawal);
    },

    /** Repeats what is noted until no run can be writing any more. */
    async repeat({ identifier, withdrawal }: JobIdentifier): Promise<void> {
      if (withdrawal === null) return;
      const job = await find(identifier);
      const isOld = plusMinutes(withdrawal.since, REPEATED_FOR_MINUTES) <= clock.now();
      // Public, or there again: the change that asked for it was never made, or taken back.
      const isMoot = job !== null && (withdrawal.scope === 'all' || job.resultVisibility === 'public');
      if (!isMoot) await act(identifier, withdrawal);
      if (isOld && (isMoot || !isWritingPublicly(job))) await done(identifier, withdrawal);
    },
  };
};

export type WithdrawResults = ReturnType<typeof withdrawResults>;
