import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { cognitoUserDirectory } from '../../functions/adapters/cognito-user-directory.ts';
import { dynamoDbHealthCheck } from '../../functions/adapters/dynamodb-health-check.ts';
import { dynamoDbTable } from '../../functions/adapters/dynamodb-table.ts';
import { ec2ClusterNetwork } from '../../functions/adapters/ec2-cluster-network.ts';
import { emrClusterSessions } from '../../functions/adapters/emr-cluster-sessions.ts';
import { emrClient, emrLaunchClient } from '../../functions/adapters/emr-client.ts';
import { emrOnEc2 } from '../../functions/adapters/emr-on-ec2.ts';
import { runJobFlow } from '../../functions/adapters/emr-run-job-flow.ts';
import { s3Client } from '../../functions/adapters/s3-client.ts';
import { objectsUnder } from '../../functions/adapters/s3-listing.ts';
import { schedulerJobSchedules } from '../../functions/adapters/scheduler-job-schedules.ts';
import { sesMailSender } from '../../functions/adapters/ses-mail-sender.ts';
import { sfnWorkflowExecutions } from '../../functions/adapters/sfn-workflow-executions.ts';
import { readyCluster } from '../fakes/cluster.ts';
import { sparkJob } from '../fakes/spark-job.ts';

/** Fails every request as AWS does, and counts them. */
let failing: Server;
let calls = 0;
let failure: { status: number; code: string };

beforeAll(async () => {
  failing = createServer((request, response) => {
    calls += 1;
    request.resume();
    response.writeHead(failure.status, { 'content-type': 'application/json', 'x-amzn-errortype': failure.code });
    response.end(JSON.stringify({ __type: failure.code, message: 'no' }));
  }).listen(0, '127.0.0.1');
  await once(failing, 'listening');
  // The adapters' own clients, as a Lambda makes them: told where AWS is by the environment alone.
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(failing.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'us-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});

afterAll(() => {
  vi.unstubAllEnvs();
  failing.close();
});

beforeEach(() => {
  calls = 0;
});

const mail = { to: 'alice@example.com', copyTo: null, subject: 'a', text: 'a', html: 'a' };
const request = {
  jobId: 'a',
  identifier: 'a',
  trigger: 'manual',
  occurrence: '2026-11-26T06:00:00.000Z',
  parameters: null,
} as const;
const scheduling = { scheduleGroup: 'a', stateMachineArn: 'a', scheduleRoleArn: 'a', scheduleDeadLetterArn: 'a' };

const SESSION = { token: 'token00001', ownerId: 'a', sessionId: null };

const NETWORK = { environment: 'test', emrVpcId: 'vpc-1', emrUsesServiceAccess: 'false' };

const ATTEMPTS: readonly (readonly [string, number, () => Promise<unknown>])[] = [
  // A repeated launch may be a second cluster, a repeated mail a second mail.
  ['RunJobFlow', 1, () => runJobFlow(emrLaunchClient(), { Name: 'a', Instances: {} })],
  [
    'SendEmail',
    1,
    () => sesMailSender({ mailFrom: 'atmo@example.com', mailConfigurationSet: 'atmo-test' }).send(mail, 'r1'),
  ],
  ['DescribeCluster', 4, () => emrOnEc2('test').describe('j-1')],
  ['ListClusters', 4, () => emrOnEc2('test').list(['running'])],
  // Its client token makes a repetition safe.
  ['StartSession', 4, () => emrClusterSessions('test').start(readyCluster(), SESSION)],
  ['TerminateJobFlows', 4, () => emrOnEc2('test').terminate(['j-1'])],
  [
    'DescribeSecurityGroups',
    3,
    () => ec2ClusterNetwork(NETWORK, { pause: async () => undefined }).groupsOf('a', 'job'),
  ],
  ['GetItem', 4, () => dynamoDbHealthCheck(dynamoDbTable('atmo')).check()],
  ['ListObjectsV2', 3, () => objectsUnder(s3Client({ s3ForcePathStyle: 'true' }), 'bucket', 'a/')],
  [
    'StartExecution',
    3,
    () => sfnWorkflowExecutions({ stateMachineArn: 'arn:aws:states:us-west-2:0:a' }).start('a', request),
  ],
  ['ListUsers', 3, () => cognitoUserDirectory({ userPoolId: 'us-west-2_a' }).users()],
  ['DeleteSchedule', 3, () => schedulerJobSchedules(scheduling).remove(sparkJob())],
];

describe('the attempts of the adapters’ own clients', () => {
  it.each(ATTEMPTS)('%s: %i where AWS fails', async (_, attempts, call) => {
    failure = { status: 500, code: 'InternalServerException' };
    await expect(call()).rejects.toBeInstanceOf(Error);
    expect(calls).toBe(attempts);
  });

  it.each(ATTEMPTS.slice(0, 2))('%s: %i where AWS throttles', async (_, attempts, call) => {
    failure = { status: 400, code: 'ThrottlingException' };
    await expect(call()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(calls).toBe(attempts);
  });
});

describe('the time-outs of the clients of EMR', () => {
  it.each([
    ['launch', emrLaunchClient, 15_000],
    ['other calls', emrClient, 6000],
  ])('%s', async (_, client, requestTimeout) => {
    failure = { status: 400, code: 'ValidationException' };
    const made = client();
    await runJobFlow(made, { Name: 'a', Instances: {} }).catch(() => undefined);
    // Node's handler knows its settings once it has sent something; the type of the client also allows a browser's.
    const { requestHandler } = made.config as { requestHandler: { httpHandlerConfigs(): unknown } };
    expect(requestHandler.httpHandlerConfigs()).toMatchObject({
      connectionTimeout: 3000,
      requestTimeout,
      throwOnRequestTimeout: true,
    });
  });
});
