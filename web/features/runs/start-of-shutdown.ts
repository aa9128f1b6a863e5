/** What Spark and Hadoop say while they end, which tells nothing of the notebook. */
const SHUTDOWN =
  /SparkContext: (Invoking stop|SparkContext is stopping|Successfully stopped)|ShutdownHookManager|Stopped Spark@|MapOutputTrackerMasterEndpoint|MemoryStore: MemoryStore cleared|BlockManager(Master)?: BlockManager(Master)? stopped|OutputCommitCoordinatorEndpoint|YarnClientSchedulerBackend: .*(stop|shut)|SparkUI: Stopped|MetricsSystemImpl: .*(stop|shutdown)|Deleting directory/i;

/** Lines from which a fold saves reading. */
const LEAST = 3;

/** Where the last lines of a log are about its shutdown and nothing else; its length where they are not. */
export const startOfShutdown = (lines: readonly string[]): number => {
  let start = lines.length;
  while (start > 0 && SHUTDOWN.test(lines[start - 1] ?? '')) start -= 1;
  return lines.length - start < LEAST ? lines.length : start;
};
