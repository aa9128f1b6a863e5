import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { State, type StateWords } from '../../components/state.tsx';

type Standing = Pick<SessionView, 'status' | 'termination' | 'isActive'>;

const WORDS: Readonly<Record<SessionView['status'], StateWords>> = {
  LAUNCHING: ['in-progress', 'Launching'],
  SUBMITTED: ['in-progress', 'Submitted'],
  STARTING: ['in-progress', 'Starting'],
  STARTED: ['success', 'Ready'],
  IDLE: ['success', 'Ready, idle'],
  BUSY: ['success', 'Ready, busy'],
  TERMINATING: ['in-progress', 'Terminating'],
  TERMINATED: ['stopped', 'Terminated'],
  FAILED: ['error', 'Failed'],
};

export const sessionStateWords = ({ status, termination, isActive }: Standing): StateWords =>
  WORDS[isActive && termination !== null ? 'TERMINATING' : status];

/** A session's state, in one or two words. */
export const SessionState = ({ session }: { readonly session: Standing }) => (
  <State words={sessionStateWords(session)} />
);
