import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { StartProgress, usualStart } from '../../components/start-progress.tsx';
import { useEarlierSessions } from './use-earlier-sessions.ts';

const STAGES = ['Waiting for its turn', 'Starting Spark', 'Ready'] as const;

/** Whether a session is on its way to be ready. */
export const isStarting = ({ isActive, readyAt, termination }: SessionView): boolean =>
  isActive && readyAt === null && termination === null;

/** The stages of a start, measured against the person's earlier sessions. */
export const SessionStart = ({ session }: { readonly session: SessionView }) => (
  <StartProgress
    since={session.createdAt}
    stages={STAGES}
    present={session.startedAt === null ? 0 : 1}
    usual={usualStart(useEarlierSessions() ?? [])}
  />
);
