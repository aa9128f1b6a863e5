import { sessionArn } from '../arns.ts';
import { fitsAlone } from '../capacity.ts';
import { sessionDescription, sessionSummary } from '../descriptions.ts';
import { quotaExceeded, validation } from '../errors.ts';
import { SESSION_STATES } from '../../connect/connect-session.ts';
import { isFinal, type ApplicationRecord, type SessionRecord } from '../records.ts';
import { hasSessions } from '../release-problem.ts';
import { startSession as startSchema } from '../requests.ts';
import { settingsOfSession, workersOf } from '../workers.ts';
import { madeBefore } from './client-token.ts';
import { checked, checkTakesWork, knownApplication, knownSession, type Operation } from './operation.ts';
import { pageOf, wantedOf } from './page.ts';

/** https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/spark-connect.html */
const MOST_SESSIONS = 25;

const checkTakesSessions = (application: ApplicationRecord, ofApplication: readonly SessionRecord[]): void => {
  const { id, request } = application;
  if (!hasSessions(request.releaseLabel))
    throw validation(`Release ${request.releaseLabel} does not support sessions.`);
  if (request.interactiveConfiguration?.sessionEnabled !== true) {
    throw validation(`Interactive sessions are not enabled for application ${id}.`);
  }
  checkTakesWork(application, 'sessions');
  if (ofApplication.filter((session) => !isFinal(session)).length >= MOST_SESSIONS) {
    throw quotaExceeded(`Application ${id} has ${MOST_SESSIONS} sessions, which is the most it may have at once.`);
  }
};

/** The same client token names the same session, as long as the request is the same. */
export const startSession: Operation = (input, context) => {
  const request = checked(startSchema, input.body);
  const application = knownApplication(input, context);
  const ofApplication = context.sessions.all().filter(({ applicationId }) => applicationId === application.id);
  const known = madeBefore(ofApplication, request);
  if (known === null) checkTakesSessions(application, ofApplication);
  if (!fitsAlone(application, workersOf(settingsOfSession(request)))) {
    throw validation(`The session asks for more than the maximum capacity of application ${application.id}.`);
  }
  const session = known ?? context.sessionLife.submit(application, request);
  return { applicationId: application.id, sessionId: session.id, arn: sessionArn(context.place, session) };
};

export const listSessions: Operation = (input, context) => {
  const { id } = knownApplication(input, context);
  const wanted = wantedOf(context.sessions.all(), id, input.query, SESSION_STATES);
  const { items, ...next } = pageOf(wanted, input.query);
  return { sessions: items.map((session) => sessionSummary(session, context.place)), ...next };
};

export const getSession: Operation = (input, context) => ({
  session: sessionDescription(knownSession(input, context), context.place),
});

export const terminateSession: Operation = (input, context) => {
  const session = knownSession(input, context);
  if (isFinal(session)) throw validation(`Session ${session.id} is in a final state: ${session.state}.`);
  context.sessionLife.terminate(session, Date.now(), 'Session was terminated by request.');
  return { applicationId: session.applicationId, sessionId: session.id };
};

/** Each call answers another token. */
export const getSessionEndpoint: Operation = async (input, context) => {
  const session = knownSession(input, context);
  const access = await context.sessionLife.access(session);
  if (access === null) throw validation(`Session ${session.id} takes no connections in state ${session.state}.`);
  return {
    applicationId: session.applicationId,
    sessionId: session.id,
    endpoint: access.endpoint,
    authToken: access.token,
    authTokenExpiresAt: access.expiresAt / 1000,
  };
};
