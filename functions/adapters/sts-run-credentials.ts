import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import type { Setting } from '../../shared/contract/environment.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import type { RunCredentials } from '../ports/run-credentials.ts';
import { fromAws } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';
import { partitionOf, runSessionPolicy } from './run-policy.ts';

export const RUN_CREDENTIALS_SETTINGS = [
  'runRoleArn',
  'notebooksBucket',
  'resultsBucket',
  'publicResultsBucket',
] as const satisfies readonly Setting[];

type RunCredentialsSettings = Readonly<Record<(typeof RUN_CREDENTIALS_SETTINGS)[number], string>>;

/** The most that STS gives to a role which is itself assumed, as a Lambda's is. */
const SECONDS = 3600;

/** Sessions of the stage's run role, each narrowed to one run. */
export const stsRunCredentials = (
  settings: RunCredentialsSettings,
  client: STSClient = new STSClient({ maxAttempts: 3, requestHandler }),
): RunCredentials => ({
  async issue(run) {
    const { Credentials: issued } = await fromAws(
      'STS',
      client.send(
        new AssumeRoleCommand({
          RoleArn: settings.runRoleArn,
          // CloudTrail shows it beside every request.
          RoleSessionName: run.id,
          DurationSeconds: SECONDS,
          Policy: runSessionPolicy(run, settings, partitionOf(settings.runRoleArn)),
        }),
      ),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = issued ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw new AwsFailed('STS answered without credentials. Try again later.');
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: toInstant(Expiration),
    };
  },
});
