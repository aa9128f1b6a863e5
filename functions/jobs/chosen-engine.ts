import type { RunEngine } from '../../shared/domain/engine.ts';
import type { EmrRelease } from '../../shared/domain/emr-release.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import type { Notebook } from '../../shared/domain/spark-job.ts';

/** What a stage, and its settings of the moment, offer. */
interface EngineOffer {
  readonly hasServerless: boolean;
  /** Of jobs that name none. */
  readonly defaultEngine: RunEngine;
}

interface Wish {
  /** Undefined: whichever can run it, the default one before the other. */
  readonly wanted: RunEngine | undefined;
  readonly kind: Notebook['kind'];
  readonly release: Pick<EmrRelease, 'version' | 'engines'>;
}

/** Why the serverless engine cannot run it, with the remedy; null if it can. */
const serverlessProblem = ({ kind, release }: Wish, { hasServerless }: EngineOffer): string | null => {
  if (!hasServerless) return 'This portal has no serverless engine. Choose the engine cluster.';
  if (kind === 'zeppelin')
    return 'Zeppelin notes run on the engine cluster only. Choose it, or upload a Jupyter notebook.';
  return release.engines.includes('serverless')
    ? null
    : `Release ${release.version} is not offered on EMR Serverless. Choose the engine cluster, or another release.`;
};

/** @throws InvalidInput (field `engine`) where the wanted one cannot run it */
export const chosenEngine = (wish: Wish, offer: EngineOffer): RunEngine => {
  const engine = wish.wanted ?? offer.defaultEngine;
  if (engine === 'cluster') return engine;
  const problem = serverlessProblem(wish, offer);
  if (problem === null) return engine;
  if (wish.wanted === undefined) return 'cluster';
  throw InvalidInput.field('engine', problem);
};
