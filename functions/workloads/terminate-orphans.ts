import type { Engine } from '../../shared/domain/engine.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines } from '../ports/emr-engine.ts';

interface TerminateOrphansDependencies {
  readonly engines: Engines;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
}

/**
 * Terminates what EMR runs and no item holds.
 * @throws AwsThrottled, AwsFailed if the call to EMR failed
 */
export const terminateOrphans =
  ({ engines, acts }: TerminateOrphansDependencies) =>
  async (engine: Engine, emrIds: readonly string[]): Promise<void> => {
    for (const id of emrIds)
      await acts.recordEnd({ action: 'orphan.terminate', object: { kind: 'orphan', id }, detail: { engine } });
    await engines[engine].terminate(emrIds);
  };
