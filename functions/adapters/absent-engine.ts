import { EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import type { EmrEngine, Launch } from '../ports/emr-engine.ts';

/** Stands for an engine that the stage, or the function, has nothing of. */
export const absentEngine: EmrEngine = {
  describe: async () => null,
  list: async () => [],
  terminate: async () => {},
};

/** @throws EmrRefusedLaunch always */
export const absentLaunch: Launch<unknown> = async () => {
  throw new EmrRefusedLaunch('This deployment has no serverless engine. Use a cluster.');
};
