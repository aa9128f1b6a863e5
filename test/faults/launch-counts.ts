import { ENGINES, type Engine } from '../../shared/domain/engine.ts';
import { AwsFailed, LaunchUncertain } from '../../shared/domain/errors.ts';

/** What became of the launches on one engine. */
export interface Launches {
  /** Workloads that EMR took. */
  started: number;
  /** Occurrences that EMR took once more. */
  doubleRuns: number;
  /** Calls after which the portal may not ask again, since nobody knows whether EMR launched something. */
  uncertain: number;
  /** Calls that failed, perhaps after their effect, and may be repeated. */
  repeatable: number;
}

export type LaunchesByEngine = Readonly<Record<Engine, Launches>>;

export const noLaunches = (): LaunchesByEngine => {
  const none = (): Launches => ({ started: 0, doubleRuns: 0, uncertain: 0, repeatable: 0 });
  return { cluster: none(), serverless: none(), connect: none() };
};

export const addLaunches = (sum: LaunchesByEngine, more: LaunchesByEngine): void => {
  for (const engine of ENGINES)
    for (const what of ['started', 'doubleRuns', 'uncertain', 'repeatable'] as const)
      sum[engine][what] += more[engine][what];
};

/** One line for each engine. */
export const launchLines = (launches: LaunchesByEngine): readonly string[] =>
  ENGINES.map((engine) => {
    const { started, doubleRuns, uncertain, repeatable } = launches[engine];
    return `${engine}: ${started} workloads started, ${doubleRuns} double runs, ${uncertain} uncertain launches, ${repeatable} failed calls that may be repeated`;
  });

/** Counts how launches failed. EMR Serverless takes the run token as client token, so that no launch there is uncertain. */
export const countedLaunches =
  (launches: LaunchesByEngine, violated: (what: string) => void) =>
  <Order>(engine: Engine, launch: (order: Order) => Promise<string>) =>
  async (order: Order): Promise<string> => {
    try {
      return await launch(order);
    } catch (error) {
      if (error instanceof LaunchUncertain) {
        launches[engine].uncertain += 1;
        if (engine !== 'cluster') violated(`A launch on EMR Serverless (${engine}) is uncertain: ${error.message}`);
      } else if (error instanceof AwsFailed) launches[engine].repeatable += 1;
      throw error;
    }
  };
