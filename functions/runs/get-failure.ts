import type { RunFailure } from '../../shared/contract/routes/runs.ts';
import type { Person } from '../../shared/domain/person.ts';
import { inTheRunnersWords } from '../../shared/domain/run-outcome.ts';
import { isFinalRun, reasonOf } from '../../shared/domain/run.ts';
import type { CurrentSettings } from '../../shared/domain/settings.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import { runAdvice } from './run-advice.ts';
import { runRemedies } from './run-remedies.ts';
import { NOTHING_CHANGED, whatChanged } from './what-changed.ts';
import type { RunFiles } from '../ports/run-files.ts';

interface FailureDependencies extends RunReading {
  readonly files: RunFiles;
  readonly settings: () => Promise<CurrentSettings>;
}

/**
 * The data of the failure page: cell, traceback, log, EMR's reason, the advice, what changed since the last success, and what Spark's
 * event log says.
 * @throws NotFound; AwsThrottled, AwsFailed if S3 fails
 */
export const getFailure =
  ({ files, settings, ...lookup }: FailureDependencies) =>
  async (input: { readonly identifier: string; readonly runId: string }, person: Person): Promise<RunFailure> => {
    const run = await visibleRun(lookup, input, person);
    const hasCluster = run.workload.emrId !== null;
    const isFailure = isFinalRun(run) && run.outcome !== 'succeeded';
    const [notebook, logTail, changed, spark, { limits }] = await Promise.all([
      run.failure === null && hasCluster && isFinalRun(run) ? files.outcome(run) : null,
      hasCluster ? files.logTail(run) : null,
      isFailure ? whatChanged({ history: lookup.history, files })(run) : NOTHING_CHANGED,
      isFailure && hasCluster ? files.sparkFacts(run) : null,
      settings(),
    ]);
    const failure = run.failure ?? notebook?.failure ?? null;
    const told = { ...run, reason: inTheRunnersWords(run, notebook?.reason ?? null) };
    return {
      cell: failure?.cell ?? null,
      source: failure?.source ?? null,
      errorName: failure?.errorName ?? null,
      errorValue: failure?.errorValue ?? null,
      traceback: failure?.traceback ?? null,
      logTail,
      reason: reasonOf(told),
      advice: runAdvice(told, failure),
      remedies: [...runRemedies(told, failure, changed, limits)],
      changes: [...changed.changes],
      spark,
    };
  };
