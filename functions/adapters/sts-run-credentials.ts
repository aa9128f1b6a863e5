import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import type { Setting } from '../../shared/contract/environment.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { parametersKey, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import type { RunCredentials } from '../ports/run-credentials.ts';
import { fromAws } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

export const RUN_CREDENTIALS_SETTINGS = [
  'runRoleArn',
  'notebooksBucket',
  'resultsBucket',
  'publicResultsBucket',
] as const satisfies readonly Setting[];

type RunCredentialsSettings = Readonly<Record<(typeof RUN_CREDENTIALS_SETTINGS)[number], string>>;

/** The most that STS gives to a role which is itself assumed, as a Lambda's is. */
const SECONDS = 3600;

/** Of the role's rights, those of this run. STS takes 2,048 characters. */
export const runSessionPolicy = (run: Run, settings: RunCredentialsSettings): string => {
  const { runRoleArn, notebooksBucket, resultsBucket, publicResultsBucket } = settings;
  const [, partition = 'aws'] = runRoleArn.split(':');
  const bucket = (name: string): string => `arn:${partition}:s3:::${name}`;
  const notebooks = bucket(notebooksBucket);
  const results = bucket(run.resultVisibility === 'public' ? publicResultsBucket : resultsBucket);
  const latest = `${run.jobIdentifier}/latest/*`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: [`${notebooks}/${run.notebookKey}`, `${notebooks}/${parametersKey(run)}`],
      },
      {
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
        Resource: [`${results}/${resultsPrefix(run)}*`, `${results}/${latest}`],
      },
      // What only an earlier run had is removed from `latest/`.
      { Effect: 'Allow', Action: 's3:DeleteObject', Resource: `${results}/${latest}` },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: results,
        Condition: { StringLike: { 's3:prefix': latest } },
      },
    ],
  });
};

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
          Policy: runSessionPolicy(run, settings),
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
