import type { WithdrawResults } from '../jobs/withdraw-results.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface WithdrawPublicCopiesDependencies {
  readonly identifiers: JobIdentifiers;
  readonly results: Pick<WithdrawResults, 'repeat'>;
}

/** Completes pending withdrawals of results, including files that a run wrote since. @throws SweepFailed */
export const withdrawPublicCopies =
  ({ identifiers, results }: WithdrawPublicCopiesDependencies): Task =>
  async () =>
    sweep({
      what: 'withdraw results',
      items: await identifiers.withWithdrawal(),
      evidence: ({ identifier }) => ({ job: identifier }),
      act: results.repeat,
    });
