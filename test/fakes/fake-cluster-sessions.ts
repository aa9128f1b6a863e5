import type { ClusterSessionId, ClusterSessions, ClusterSessionSight } from '../../functions/ports/cluster-sessions.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import type { EmrState } from '../../shared/domain/engine.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { plusHours } from '../../shared/domain/instant.ts';

interface Held extends ClusterSessionSight {
  readonly token: string;
  readonly jobflowId: string;
}

/** Sessions on clusters. A repeated token answers the session that it has started. */
export const fakeClusterSessions = (clock: Clock) => {
  const held = new Map<string, Held>();
  const calls: string[] = [];
  /** Errors of the next calls of `start`, after which the session is there nevertheless. */
  const lostAnswers: Error[] = [];
  const idOf = (jobflowId: string, token: string): ClusterSessionId | null => {
    const known = [...held].find(([, session]) => session.token === token);
    return known === undefined ? null : { jobflowId, sessionId: known[0] };
  };
  const put = (sessionId: string, state: EmrState, reason = ''): void => {
    const session = held.get(sessionId) ?? { token: '', jobflowId: 'j-1' };
    held.set(sessionId, { ...session, state, reason });
  };
  const clusterSessions: ClusterSessions = {
    async start({ workload }, { token }) {
      calls.push('start');
      const jobflowId = workload.emrId ?? '';
      const id = idOf(jobflowId, token) ?? { jobflowId, sessionId: `is-${held.size + 1}` };
      if (!held.has(id.sessionId)) held.set(id.sessionId, { token, jobflowId, state: 'SUBMITTED', reason: '' });
      const error = lostAnswers.shift();
      if (error !== undefined) throw error;
      return id;
    },
    async find({ workload }, { token }) {
      calls.push('find');
      return idOf(workload.emrId ?? '', token);
    },
    async look({ sessionId }) {
      calls.push('look');
      return held.get(sessionId) ?? null;
    },
    async mint({ sessionId }) {
      calls.push('mint');
      if (!held.has(sessionId)) throw new NotFound('session', sessionId);
      const expiresAt = plusHours(clock.now(), 1);
      return { endpoint: 'https://host', token: 'canary-token', expiresAt, headers: { authorization: sessionId } };
    },
    async end({ sessionId }) {
      calls.push('end');
      put(sessionId, 'TERMINATED');
    },
  };
  return { clusterSessions, held, calls, lostAnswers, put };
};
