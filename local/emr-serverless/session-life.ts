import { newlySubmitted } from '../connect/connect-session.ts';
import { sessionLife as connectSessionLife, type SessionLife } from '../connect/session-life.ts';
import { fitsNow } from './capacity.ts';
import { newId } from './identifiers.ts';
import { takePlannedFailure, type LifeContext } from './life-context.ts';
import type { ApplicationRecord, PlannedFailure, SessionRecord } from './records.ts';
import type { SessionRequest } from './requests.ts';
import { settingsOfSession, workersOf } from './workers.ts';

/** What a session needs of its application. */
interface Applications {
  start(application: ApplicationRecord, at: number): void;
  workChanged(application: ApplicationRecord, at: number): void;
}

export interface ServerlessSessionLife extends Omit<SessionLife<SessionRecord>, 'enter' | 'begin' | 'fail'> {
  submit(application: ApplicationRecord, request: SessionRequest): SessionRecord;
  /** Starts the sessions that waited for their application. Those without room fail: sessions do not queue. */
  advance(application: ApplicationRecord, at: number): void;
}

const failureOf = (planned: PlannedFailure | null): string | null => {
  if (planned === null) return null;
  return planned === 'INTERNAL_ERROR'
    ? 'Session failed: an internal error occurred.'
    : 'Session failed: the Spark driver did not start. This failure was ordered by the local control.';
};

/** Sessions from their submission to their end. @param onEnded lets others have the workers of a session that ended */
export const sessionLife = (
  context: LifeContext,
  applicationLife: () => Applications,
  onEnded: (application: ApplicationRecord, at: number) => void,
): ServerlessSessionLife => {
  const { applications, sessions, timings, faults } = context;

  const life = connectSessionLife<SessionRecord>(context, {
    seconds: () => ({ start: timings.startSeconds, end: timings.cancelSeconds }),
    idleMinutes: ({ request }) => request.idleTimeoutMinutes,
    executable: ({ id, releaseLabel, request }) => ({
      id,
      releaseLabel,
      roleArn: request.executionRoleArn,
      shownWith: id,
    }),
    plannedFailure: ({ plannedFailure }) => failureOf(plannedFailure),
    isAuthorizedById: false,
    onEnded({ applicationId }, at) {
      const application = applications.find(applicationId);
      if (application === null) return;
      onEnded(application, at);
      applicationLife().workChanged(application, at);
    },
  });

  const advance = (application: ApplicationRecord, at: number): void => {
    if (application.state !== 'STARTED') return;
    const waiting = sessions
      .all()
      .filter(({ applicationId, state }) => applicationId === application.id && state === 'SUBMITTED');
    const full = 'The maximum capacity of the application is in use: it has no room for the session.';
    for (const session of waiting.toReversed()) {
      if (fitsNow(application, session.workers, context)) life.begin(session, at);
      else life.fail(session, at, full);
    }
  };

  return {
    ...life,
    submit(application, request) {
      const at = Date.now();
      const session: SessionRecord = {
        ...newlySubmitted(at),
        id: newId(),
        sequence: sessions.nextSequence(),
        applicationId: application.id,
        releaseLabel: application.request.releaseLabel,
        request,
        tags: { ...request.tags },
        workers: workersOf(settingsOfSession(request)),
        plannedFailure: takePlannedFailure(faults, 'SESSION_FAILURE'),
        alarms: [],
      };
      life.enter(session, 'SUBMITTED', at);
      applicationLife().start(application, at);
      applicationLife().workChanged(application, at);
      advance(application, at);
      return session;
    },
    advance,
  };
};
