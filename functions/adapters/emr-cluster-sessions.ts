import {
  GetSessionCommand,
  GetSessionEndpointCommand,
  paginateListSessions,
  StartSessionCommand,
  TerminateSessionCommand,
  type EMRClient,
  type GetSessionCommandOutput,
} from '@aws-sdk/client-emr';

import type { Cluster, ClusterSession } from '../../shared/domain/cluster.ts';
import { emrName } from '../../shared/domain/emr-name.ts';
import { phaseOfState, statesOf } from '../../shared/domain/engine.ts';
import { AwsFailed, Conflict } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import type { ClusterSessionId, ClusterSessions } from '../ports/cluster-sessions.ts';
import { fromAws, isAwsError } from './aws-errors.ts';
import { emrClient } from './emr-client.ts';
import { tag } from './emr-launch-request.ts';

/** EMR's own default. A session that lives is work for EMR: only after its end does the cluster's idle time begin. */
const IDLE_MINUTES = 60;

/** EMR's error for what it does not know, and for what it does not do now. */
const REFUSED = 'InvalidRequestException';

const STATES = statesOf('connect');
const LIVE = STATES.filter((state) => ['starting', 'running'].includes(phaseOfState('connect', state)));

/** @param whenRefused what a refusal of EMR means, in EMR's words */
const fromEmr = async <Answer>(call: Promise<Answer>, whenRefused: (message: string) => Answer): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    if (isAwsError(error, REFUSED)) return whenRefused((error as Error).message);
    return fromAws('EMR', Promise.reject(error as Error));
  }
};

const conflict =
  (text: string) =>
  (message: string): never => {
    throw new Conflict(`${text}: ${message}`, { message });
  };

const keysOf = ({ jobflowId, sessionId }: ClusterSessionId) => ({ ClusterId: jobflowId, SessionId: sessionId });

/** Spark Connect sessions on clusters. All these calls may be repeated, and the SDK does so. */
export const emrClusterSessions = (environment: string, client: EMRClient = emrClient()): ClusterSessions => {
  const nameOf = ({ owner, identifier }: Cluster, { token }: ClusterSession): string =>
    emrName({ environment, kind: 'session', username: owner, identifier, runToken: token });

  const jobflowOf = ({ workload }: Cluster): string => workload.emrId ?? '';

  return {
    async start(cluster, session) {
      const request = new StartSessionCommand({
        ClusterId: jobflowOf(cluster),
        Name: nameOf(cluster, session),
        ClientRequestToken: session.token,
        SessionIdleTimeoutInMinutes: IDLE_MINUTES,
        // By these IAM tells our sessions from others: a session does not have the tags of its cluster.
        Tags: [
          tag('Application', 'ATMO'),
          tag('Environment', environment),
          tag('Type', 'session'),
          tag('Owner', cluster.ownerEmail),
          tag('Name', cluster.identifier),
        ],
      });
      const { Id } = await fromEmr(client.send(request), conflict('EMR starts no Spark session on this cluster'));
      if (Id === undefined) throw new AwsFailed('The response of EMR has no session id.');
      return { jobflowId: jobflowOf(cluster), sessionId: Id };
    },

    async find(cluster, session) {
      const name = nameOf(cluster, session);
      const listed = async (): Promise<ClusterSessionId | null> => {
        const request = { ClusterId: jobflowOf(cluster), SessionStates: [...LIVE] };
        for await (const { Sessions = [] } of paginateListSessions({ client }, request)) {
          const known = Sessions.find(({ Name }) => Name === name);
          if (known?.Id !== undefined) return { jobflowId: jobflowOf(cluster), sessionId: known.Id };
        }
        return null;
      };
      return fromAws('EMR', listed());
    },

    async look(id) {
      const asked = client.send(new GetSessionCommand(keysOf(id)));
      const { Session: session = null } = await fromEmr<Partial<GetSessionCommandOutput>>(asked, () => ({}));
      if (session === null) return null;
      const state = STATES.find((known) => known === session.State);
      if (state !== undefined) return { state, reason: session.StateChangeReason ?? '' };
      // Not null, which would mean that the session no longer exists.
      throw new AwsFailed('EMR returned an unknown state. Contact the operators of the portal.', {
        ...id,
        state: session.State,
      });
    },

    async mint(id) {
      const asked = client.send(new GetSessionEndpointCommand(keysOf(id)));
      const { Endpoint, AuthToken, AuthTokenExpirationTime } = await fromEmr(
        asked,
        conflict('The Spark session takes no connections now'),
      );
      if (Endpoint === undefined || AuthToken === undefined || AuthTokenExpirationTime === undefined) {
        throw new AwsFailed('The response of EMR has no endpoint or no token.');
      }
      return {
        endpoint: Endpoint,
        token: AuthToken,
        expiresAt: toInstant(AuthTokenExpirationTime),
        headers: { authorization: id.sessionId },
      };
    },

    async end(id) {
      await fromEmr<unknown>(client.send(new TerminateSessionCommand(keysOf(id))), () => null);
    },
  };
};
