import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';

interface HistoryChecksDependencies {
  readonly history: () => ReadonlyMap<string, Run>;
  readonly violated: (what: string) => void;
}

/** A claim takes the place of the run before in the job's item: from then on only the history knows how that ended. */
export const historyChecks =
  ({ history, violated }: HistoryChecksDependencies) =>
  (after: SparkJob | undefined, before: SparkJob | undefined): void => {
    const replaced = before?.latestRun ?? null;
    if (after === undefined || replaced === null || replaced.id === after.latestRun?.id || !isFinalRun(replaced))
      return;
    if (history().get(`${replaced.jobId} ${replaced.id}`)?.outcome !== replaced.outcome)
      violated(`A claim of ${after.identifier} replaces ${replaced.id}, whose end the history does not know`);
  };
