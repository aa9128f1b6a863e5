import type { RunFailure } from '../../shared/contract/routes/runs.ts';
import type { Person } from '../../shared/domain/person.ts';
import { inTheRunnersWords } from '../../shared/domain/run-outcome.ts';
import { isFinalRun, reasonOf } from '../../shared/domain/run.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import { runAdvice } from './run-advice.ts';
import type { RunFiles } from '../ports/run-files.ts';

/**
 * The data of the failure page: cell, traceback, log, EMR's reason and the advice.
 * @throws NotFound; AwsThrottled, AwsFailed if S3 fails
 */
export const getFailure =
  ({ files, ...lookup }: RunReading & { readonly files: RunFiles }) =>
  async (input: { readonly identifier: string; readonly runId: string }, person: Person): Promise<RunFailure> => {
    const run = await visibleRun(lookup, input, person);
    const hasCluster = run.workload.emrId !== null;
    const [notebook, logTail] = await Promise.all([
      run.failure === null && hasCluster && isFinalRun(run) ? files.outcome(run) : null,
      hasCluster ? files.logTail(run) : null,
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
    };
  };
