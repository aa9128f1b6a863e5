import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { useRead } from '../../lib/use-route.ts';

/** Milliseconds; earlier sessions hardly change. */
const FRESH = 300_000;

/** The person's newest sessions, which tell what is usual; undefined until they are read. */
export const useEarlierSessions = (): readonly SessionView[] | undefined =>
  useRead('listSessions', { status: 'all', limit: 25 }, { staleTime: FRESH }).data?.items;
