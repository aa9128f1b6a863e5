import {
  DeleteApplicationCommand,
  GetApplicationCommand,
  paginateListApplications,
  StopApplicationCommand,
  type ApplicationState,
  type EMRServerlessClient,
} from '@aws-sdk/client-emr-serverless';

import { isApplicationName } from '../../shared/domain/emr-name.ts';
import type { RemovalActs } from './removal-acts.ts';

interface ApplicationRemoval {
  readonly serverless: EMRServerlessClient;
  readonly stage: string;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const PRESENT: readonly ApplicationState[] = ['CREATING', 'CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED'];
/** DeleteApplication takes the first and the last. */
const SETTLED: ReadonlySet<string> = new Set(['CREATED', 'STARTED', 'STOPPED']);

/** An application that changes state takes a minute or so. */
const LOOKS = 60;
const PAUSE_MS = 5000;

class StillInUse extends Error {
  override readonly name = 'StillInUse';
}

/**
 * Removes the EMR Serverless applications of a stage, by their names and tags: the list has no tags. One with work under way stays: AWS
 * refuses to stop it.
 * @returns how many there were
 */
export const removeApplications = async (
  { serverless, stage, pause }: ApplicationRemoval,
  { act }: RemovalActs,
): Promise<number> => {
  const applicationOf = async (applicationId: string) =>
    (await serverless.send(new GetApplicationCommand({ applicationId }))).application;

  /** The state in which it comes to rest, or goes on running. @throws StillInUse */
  const settled = async (applicationId: string): Promise<string> => {
    for (let look = 1; look <= LOOKS; look += 1) {
      const { state = '' } = (await applicationOf(applicationId)) ?? {};
      if (SETTLED.has(state)) return state;
      await pause(PAUSE_MS);
    }
    throw new StillInUse(`It did not come to rest within ${(LOOKS * PAUSE_MS) / 60_000} minutes.`);
  };

  const remove = async (applicationId: string): Promise<void> => {
    if ((await settled(applicationId)) === 'STARTED') {
      await serverless.send(new StopApplicationCommand({ applicationId }));
      await settled(applicationId);
    }
    await serverless.send(new DeleteApplicationCommand({ applicationId }));
  };

  const ours: { readonly id: string; readonly name: string }[] = [];
  for await (const { applications = [] } of paginateListApplications(
    { client: serverless },
    { states: [...PRESENT] },
  )) {
    for (const { id = '', name = '' } of applications) {
      if (!isApplicationName(name, stage)) continue;
      const { tags = {} } = (await applicationOf(id)) ?? {};
      if (tags['Application'] === 'ATMO' && tags['Environment'] === stage) ours.push({ id, name });
    }
  }
  for (const { id, name } of ours) await act(`EMR Serverless application ${id} (${name})`, () => remove(id));
  return ours.length;
};
