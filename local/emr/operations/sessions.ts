import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { hasEnded, SESSION_STATES } from '../../connect/connect-session.ts';
import type { ClusterRecord } from '../cluster-record.ts';
import { clusterArn, epochSeconds } from '../descriptions.ts';
import { invalidRequest } from '../emr-error.ts';
import { page } from '../paging.ts';
import { sessionDescription } from '../session-description.ts';
import { startSessionSchema, type SessionRecord, type StartSessionRequest } from '../session-record.ts';
import { knownCluster, operation, type OperationContext } from './operation.ts';

/** https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-spark-connect-sessions.html */
const MOST_SESSIONS = 1000;

const checkTakesSessions = (cluster: ClusterRecord, ofCluster: readonly SessionRecord[]): void => {
  if (cluster.request.SessionEnabled !== true)
    throw invalidRequest(`Sessions are not enabled on cluster '${cluster.id}'.`);
  if (cluster.state !== 'RUNNING' && cluster.state !== 'WAITING')
    throw invalidRequest(`Cluster '${cluster.id}' is ${cluster.state}. Sessions need RUNNING or WAITING.`);
  if (ofCluster.filter((session) => !hasEnded(session)).length >= MOST_SESSIONS)
    throw invalidRequest(`Cluster '${cluster.id}' has ${MOST_SESSIONS} active sessions, which is the most.`);
};

/** The same client token names the same session, as long as the request is the same. */
const startedBefore = (ofCluster: readonly SessionRecord[], request: StartSessionRequest): SessionRecord | null => {
  const { ClientRequestToken: token } = request;
  const known = ofCluster.find((session) => token !== undefined && session.request.ClientRequestToken === token);
  if (known === undefined) return null;
  if (isDeepStrictEqual(known.request, request)) return known;
  throw invalidRequest(`The client request token '${token}' was used with another request.`);
};

export const startSession = operation(startSessionSchema, (request, context) => {
  const cluster = knownCluster(context, request.ClusterId);
  const ofCluster = context.sessions.of(cluster);
  const known = startedBefore(ofCluster, request);
  if (known === null) checkTakesSessions(cluster, ofCluster);
  const { id, state } = known ?? context.sessions.start(cluster, request);
  const { accountId } = context.place;
  const Arn = `${clusterArn(cluster.id, context.place)}/session/${id}`;
  return { Id: id, ClusterId: cluster.id, Arn, AccountId: accountId, State: state };
});

const sessionInput = z.object({ ClusterId: z.string(), SessionId: z.string() });

const knownSession = (context: OperationContext, { ClusterId, SessionId }: z.infer<typeof sessionInput>) => {
  const session = context.sessions.of(knownCluster(context, ClusterId)).find(({ id }) => id === SessionId);
  if (session === undefined) throw invalidRequest(`Session id '${SessionId}' is not valid.`);
  return session;
};

export const getSession = operation(sessionInput, (input, context) => ({
  Session: sessionDescription(knownSession(context, input), context.place),
}));

const listInput = z.object({
  ClusterId: z.string(),
  SessionStates: z.array(z.enum(SESSION_STATES)).default([]),
  NextToken: z.string().optional(),
});

/** Newest first, 50 a page. */
export const listSessions = operation(listInput, ({ ClusterId, SessionStates: states, NextToken }, context) => {
  const wanted = context.sessions
    .of(knownCluster(context, ClusterId))
    .filter(({ state }) => states.length === 0 || states.includes(state));
  const { items, Marker } = page(wanted, ({ sequence }) => -sequence, NextToken);
  return {
    Sessions: items.map((session) => sessionDescription(session, context.place)),
    ...(Marker === undefined ? {} : { NextToken: Marker }),
  };
});

/** Each call answers another token. */
export const getSessionEndpoint = operation(sessionInput, async (input, context) => {
  const session = knownSession(context, input);
  const access = await context.sessions.access(session);
  if (access === null) throw invalidRequest(`Session '${session.id}' takes no connections in state ${session.state}.`);
  return {
    Endpoint: access.endpoint,
    AuthToken: access.token,
    AuthTokenExpirationTime: epochSeconds(access.expiresAt),
  };
});

export const terminateSession = operation(sessionInput, (input, context) => {
  const session = knownSession(context, input);
  if (hasEnded(session)) throw invalidRequest(`Session '${session.id}' is in a final state: ${session.state}.`);
  context.sessions.terminate(session, Date.now(), 'Session was terminated by request.');
  return { ClusterId: session.clusterId, SessionId: session.id, State: session.state };
});
