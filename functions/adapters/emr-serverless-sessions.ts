import {
  GetSessionCommand,
  paginateListSessions,
  TerminateSessionCommand,
  type EMRServerlessClient,
  type ResourceUtilization,
  type Session,
  type SessionSummary,
} from '@aws-sdk/client-emr-serverless';

import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { phaseOfState, statesOf, statusReason, type StatusReason } from '../../shared/domain/engine.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import { emrIdOfSession, sessionIdOf } from '../../shared/domain/serverless-ids.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import type { EmrEngine } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { serverlessWork } from './emr-serverless-work.ts';

interface SessionsOptions {
  readonly client: EMRServerlessClient;
  readonly clock: Clock;
  /** US dollars for what was billed. */
  readonly costOf: (usage: ResourceUtilization) => number;
}

const instantOf = (time: Date | undefined): Instant | null => (time === undefined ? null : toInstant(time));

/** EMR Serverless gives no codes: these stand for what it says, in EMR's own words where EMR has one. */
const codeOf = (state: string, details: string): string => {
  if (state === 'FAILED') return 'INTERNAL_ERROR';
  return /idle/i.test(details) ? 'AUTO_TERMINATION' : 'USER_REQUEST';
};

const reasonOf = ({ state, stateDetails = '' }: Session): StatusReason | null =>
  state === 'FAILED' || state === 'TERMINATED' ? statusReason(codeOf(state, stateDetails), stateDetails) : null;

/** Spark Connect sessions on EMR Serverless, except launching. */
export const emrServerlessSessions = (environment: string, { client, clock, costOf }: SessionsOptions): EmrEngine => {
  /** Null until EMR Serverless says it, which it never does of a session that did not start. */
  const billedFor = ({ billedResourceUtilization: usage, startedAt }: Session, isFinal: boolean): number | null => {
    if (usage !== undefined) return costOf(usage);
    return isFinal && startedAt === undefined ? 0 : null;
  };

  /** Null for a state unknown to this release of the portal. @param details null for what a list tells */
  const observationOf = (session: SessionSummary, details: Session | null): EmrObservation | null => {
    const { applicationId, sessionId } = session;
    const state = statesOf('connect').find((known) => known === session.state);
    if (state === undefined || applicationId === undefined || sessionId === undefined) return null;
    const isFinal = phaseOfState('connect', state) === 'ended';
    return {
      emrId: emrIdOfSession({ applicationId, sessionId }),
      runToken: runTokenIn(session.name ?? '', environment),
      state,
      reason: details === null ? null : reasonOf(details),
      createdAt: instantOf(session.createdAt),
      readyAt: instantOf(details?.startedAt),
      finishedAt: isFinal ? (instantOf(details?.endedAt) ?? instantOf(session.updatedAt)) : null,
      masterAddress: null,
      normalizedInstanceHours: null,
      billed: details === null ? null : billedFor(details, isFinal),
      observedAt: clock.now(),
    };
  };

  return serverlessWork(environment, client, {
    engine: 'connect',
    async get(emrId) {
      const { session } = await client.send(new GetSessionCommand(sessionIdOf(emrId)));
      return { state: session?.state, seen: session === undefined ? null : observationOf(session, session) };
    },
    async *pages(applicationId, states, createdAfter) {
      const since = createdAfter === undefined ? {} : { createdAtAfter: new Date(createdAfter) };
      const request = { applicationId, states: [...states], ...since };
      for await (const { sessions = [] } of paginateListSessions({ client }, request)) {
        yield sessions.map((session) => observationOf(session, null));
      }
    },
    end: (emrId) => client.send(new TerminateSessionCommand(sessionIdOf(emrId))),
  });
};
