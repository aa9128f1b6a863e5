import type { RunInShort } from '../../../shared/contract/run.ts';
import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';

/** A job's latest run, or the scheduled time after it that was missed; an active run is always the newest. */
export const newestRun = <Latest extends Pick<RunInShort, 'outcome'>>({
  latestRun,
  latestMissed,
}: Pick<ListedSparkJobView, 'latestMissed'> & { readonly latestRun: Latest | null }): Latest | RunInShort | null => {
  if (latestMissed === null || latestRun?.outcome === null) return latestRun;
  const { id, number, occurrence } = latestMissed;
  return { id, number, outcome: 'missed', phase: 'ended', finishedAt: occurrence, reasonCode: null };
};
