import { LAUNCHES_ALLOWED, requireAllowed, type Launches } from '../../shared/domain/launches.ts';
import type { Documents } from '../ports/documents.ts';

/** The kill switch as launches ask it: always the newest version, so that none slips past a change. */
export interface LaunchPause {
  current(): Promise<Launches>;
  /** @throws LaunchesPaused */
  requireAllowed(): Promise<void>;
}

export const launchPause = ({ documents }: { readonly documents: Pick<Documents, 'newest'> }): LaunchPause => {
  const current = async (): Promise<Launches> => (await documents.newest('launches'))?.content ?? LAUNCHES_ALLOWED;
  return { current, requireAllowed: async () => requireAllowed(await current()) };
};
