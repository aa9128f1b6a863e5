import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { StartProgress, usualStart } from '../../components/start-progress.tsx';
import { useRead } from '../../lib/use-route.ts';

const STAGES = ['Waiting for its turn', 'Starting Spark', 'Ready'] as const;

/** Milliseconds; earlier starts do not change. */
const FRESH = 300_000;

/** Whether a session is on its way to be ready. */
export const isStarting = ({ isActive, readyAt, termination }: SessionView): boolean =>
  isActive && readyAt === null && termination === null;

/** The stages of a start, measured against the person's earlier sessions. */
export const SessionStart = ({ session }: { readonly session: SessionView }) => {
  const earlier = useRead('listSessions', { status: 'all', limit: 25 }, { staleTime: FRESH });
  return (
    <StartProgress
      since={session.createdAt}
      stages={STAGES}
      present={session.startedAt === null ? 0 : 1}
      usual={usualStart(earlier.data?.items ?? [])}
    />
  );
};
