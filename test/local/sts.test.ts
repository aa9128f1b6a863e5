import http from 'node:http';

import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { answerRequests } from '../../local/request-guard.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { AccessKeys } from '../../local/sts/access-keys.ts';
import { stsApi } from '../../local/sts/sts-api.ts';
import { credentials, region } from './client-options.ts';

const ROLE = 'arn:aws:iam::123456789012:role/atmo-dev/run';
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::results/*' },
});

describe('the local STS', () => {
  const keys = new AccessKeys('arn:aws:iam::123456789012:root');
  let server: RunningServer;
  let client: STSClient;
  const clientOf = (signer: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): STSClient =>
    new STSClient({ credentials: signer, region, endpoint: server.url, maxAttempts: 1 });
  beforeEach(async () => {
    const sts = http.createServer();
    answerRequests(sts, stsApi(keys));
    server = await listen(sts, 0);
    client = clientOf(credentials);
  });
  afterEach(async () => {
    client.destroy();
    await server.close();
  });

  it('gives credentials of a role for an hour, with the policy in them', async () => {
    const before = Date.now();
    const { Credentials, AssumedRoleUser } = await client.send(
      new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'run-1', Policy: POLICY }),
    );
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/run/run-1');
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    expect(keys.find(AccessKeyId, SessionToken).caller.policy?.Statement).toMatchObject([{ Effect: 'Allow' }]);
    const session = clientOf({
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    });
    expect(await session.send(new GetCallerIdentityCommand())).toMatchObject({
      Account: '123456789012',
      Arn: AssumedRoleUser?.Arn,
      UserId: AssumedRoleUser?.AssumedRoleId,
    });
    await expect(
      session.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'run-2' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    session.destroy();
  });

  it.each([
    ['a policy that is none', 'MalformedPolicyDocumentException', { Policy: '{' }],
    [
      'a policy that it could not keep to',
      'MalformedPolicyDocumentException',
      { Policy: POLICY.replace('Action', 'NotAction') },
    ],
    ['a policy that is too long', 'ValidationError', { Policy: POLICY.padEnd(2049) }],
    ['a longer session than AWS gives a Lambda', 'ValidationError', { DurationSeconds: 3601 }],
    ['what is no role', 'ValidationError', { RoleArn: 'arn:aws:iam::123456789012:user/run' }],
    ['an odd name', 'ValidationError', { RoleSessionName: 'run 1' }],
  ])('refuses %s: %s', async (_what, name, change) => {
    const input = { RoleArn: ROLE, RoleSessionName: 'run-1', ...change };
    await expect(client.send(new AssumeRoleCommand(input))).rejects.toMatchObject({ name });
  });

  it('refuses requests without a valid signature', async () => {
    const stranger = clientOf({ ...credentials, secretAccessKey: 'wrong' });
    await expect(stranger.send(new GetCallerIdentityCommand())).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    stranger.destroy();
    const unknown = clientOf({ accessKeyId: 'AKIA', secretAccessKey: 'x' });
    await expect(unknown.send(new GetCallerIdentityCommand())).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    unknown.destroy();
    expect((await fetch(`${server.url}/?Action=GetCallerIdentity`)).status).toBe(403);
    expect((await fetch(`${server.url}/?Action=constructor`)).status).toBe(400);
  });
});
