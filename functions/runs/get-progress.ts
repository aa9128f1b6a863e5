import type { RunProgress } from '../../shared/contract/routes/runs.ts';
import type { Person } from '../../shared/domain/person.ts';
import { stageOf, stageTimes, usualSeconds } from '../../shared/domain/run-stages.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import type { RunFiles } from '../ports/run-files.ts';

/** Earlier runs that are looked at for what is usual: among them ten successes of a job that mostly succeeds. */
const LOOKED_AT = 20;

/**
 * How far a run is. Nothing in it changes by the clock alone.
 * @throws NotFound; AwsThrottled, AwsFailed if S3 fails
 */
export const getProgress =
  ({ files, ...lookup }: RunReading & { readonly files: Pick<RunFiles, 'progress'> }) =>
  async (input: { readonly identifier: string; readonly runId: string }, person: Person): Promise<RunProgress> => {
    const run = await visibleRun(lookup, input, person);
    const mayHaveBegun = !isFinalRun(run) && run.workload.startedAt !== null;
    const [progress, earlier] = await Promise.all([
      mayHaveBegun ? files.progress(run) : null,
      lookup.history.before(run, LOOKED_AT),
    ]);
    const stage = stageOf(run, progress);
    const stages = stageTimes(run, progress, earlier);
    return {
      stage,
      cell: progress?.cell ?? null,
      cells: progress?.cells ?? null,
      since: stages.find((each) => each.stage === stage)?.since ?? null,
      usual: usualSeconds(earlier),
      stages,
    };
  };
