import { GetSessionEndpointCommand, type EMRServerlessClient } from '@aws-sdk/client-emr-serverless';

import { AwsFailed, Conflict, NotFound } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { sessionIdOf } from '../../shared/domain/serverless-ids.ts';
import type { SessionConnections } from '../ports/session-connections.ts';
import { fromAws, isAwsError } from './aws-errors.ts';
import { isUnknown } from './emr-serverless-application.ts';

/** Addresses and tokens of sessions, by GetSessionEndpoint: each call makes another token. */
export const emrServerlessSessionConnections = (client: EMRServerlessClient): SessionConnections => ({
  async mint(emrId) {
    const ids = sessionIdOf(emrId);
    const asked = client.send(new GetSessionEndpointCommand(ids));
    const { endpoint, authToken, authTokenExpiresAt } = await asked.catch((error: unknown) => {
      if (isUnknown(error)) throw new NotFound('session', ids.sessionId);
      if (isAwsError(error, 'ValidationException') || isAwsError(error, 'ConflictException')) {
        throw new Conflict('The session takes no connections now. Wait until it is started.');
      }
      return fromAws('EMR Serverless', Promise.reject(error as Error));
    });
    if (endpoint === undefined || authToken === undefined || authTokenExpiresAt === undefined) {
      throw new AwsFailed('The response of EMR Serverless has no endpoint or no token.');
    }
    return { endpoint, token: authToken, expiresAt: toInstant(authTokenExpiresAt) };
  },
});
