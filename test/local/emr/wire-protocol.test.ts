import {
  DescribeClusterOutput$,
  DescribeStepOutput$,
  ListClustersOutput$,
  ListInstancesOutput$,
  ListStepsOutput$,
  RunJobFlowOutput$,
} from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { strangers } from './emr-model.ts';
import { launchInput, startRig, step, type Rig } from './rig.ts';

const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=AKIDLOCAL/20260302/us-west-2/elasticmapreduce/aws4_request, ' +
  `SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const post = async (rig: Rig, target: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
  const response = await fetch(rig.emr.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: SIGNATURE,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
};

const call = (rig: Rig, operation: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  post(rig, `ElasticMapReduce.${operation}`, body, headers);

describe('the wire protocol', () => {
  it('answers in AWS JSON 1.1 with a request id and the time of the stack', async () => {
    const rig = await startRig();
    const { status, headers, body } = await call(rig, 'ListClusters');
    expect(status).toBe(200);
    expect(body).toEqual({ Clusters: [] });
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('date')).toBe('Mon, 02 Mar 2026 10:00:00 GMT');
  });

  it.each([
    ['without a signature', { authorization: '' }, 'IncompleteSignatureException'],
    ['with a token of another kind', { authorization: 'Bearer x' }, 'IncompleteSignatureException'],
    [
      'signed for another service',
      { authorization: SIGNATURE.replace('elasticmapreduce', 's3') },
      'IncompleteSignatureException',
    ],
  ])('refuses a call %s', async (_how, headers, type) => {
    const rig = await startRig();
    const { status, body } = await call(rig, 'ListClusters', {}, headers);
    expect([status, body['__type']]).toEqual([400, type]);
    expect(rig.emr.calls()).toEqual({});
  });

  it('refuses a call that is not signed at all', async () => {
    const rig = await startRig();
    const response = await fetch(rig.emr.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'ElasticMapReduce.ListClusters' },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
  });

  it.each(['ElasticMapReduce.LaunchRocket', 'DynamoDB_20120810.ListTables', 'ElasticMapReduce.toString'])(
    'does not know %s',
    async (target) => {
      const rig = await startRig();
      const { status, body } = await post(rig, target, {});
      expect([status, body['__type']]).toEqual([400, 'UnknownOperationException']);
    },
  );

  it.each([
    ['broken JSON', '{"ClusterId"'],
    ['a number for a string', { ClusterId: 7 }],
  ])('does not take %s', async (_what, body) => {
    const rig = await startRig();
    const answer = await call(rig, 'DescribeCluster', body);
    expect([answer.status, answer.body['__type']]).toEqual([400, 'SerializationException']);
  });

  it('takes null for a member that is not there', async () => {
    const rig = await startRig();
    expect((await call(rig, 'ListClusters', { ClusterStates: null, Marker: null })).status).toBe(200);
    expect((await call(rig, 'DescribeCluster', { ClusterId: null })).body['message']).toContain('must not be null');
  });

  it('gives EMR its error code for a cluster it does not know', async () => {
    const rig = await startRig();
    expect((await call(rig, 'DescribeCluster', { ClusterId: 'j-NONE' })).body).toEqual({
      __type: 'InvalidRequestException',
      ErrorCode: 'NoSuchCluster',
      Message: "Cluster id 'j-NONE' is not valid.",
    });
  });

  it('names and types every member as EMR does, times in epoch seconds', async () => {
    const rig = await startRig({ run: async () => ({ executed: true, exitCode: 1 }) });
    const launched = await call(
      rig,
      'RunJobFlow',
      launchInput({ Steps: [step('bad', { ActionOnFailure: 'CONTINUE' })] }),
    );
    const ClusterId = launched.body['JobFlowId'];
    const fleets = await rig.launch({
      Instances: {
        Ec2SubnetIds: ['subnet-1', 'subnet-2'],
        InstanceFleets: [
          { InstanceFleetType: 'MASTER', TargetSpotCapacity: 1, InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }] },
        ],
      },
    });
    await rig.advance(4.5);
    const StepId = (await rig.steps(String(ClusterId)))[0]?.Id;
    const answers: [unknown, Answer][] = [
      [RunJobFlowOutput$, launched],
      [ListClustersOutput$, await call(rig, 'ListClusters')],
      [DescribeClusterOutput$, await call(rig, 'DescribeCluster', { ClusterId })],
      [DescribeClusterOutput$, await call(rig, 'DescribeCluster', { ClusterId: fleets })],
      [ListStepsOutput$, await call(rig, 'ListSteps', { ClusterId })],
      [DescribeStepOutput$, await call(rig, 'DescribeStep', { ClusterId, StepId })],
      [ListInstancesOutput$, await call(rig, 'ListInstances', { ClusterId: fleets })],
      [ListInstancesOutput$, await call(rig, 'ListInstances', { ClusterId })],
    ];
    for (const [schema, { status, body }] of answers) {
      expect(status).toBe(200);
      expect(strangers(schema, body)).toEqual([]);
    }
    const described = answers[2]?.[1].body;
    expect(described).toMatchObject({
      Cluster: { Status: { Timeline: { CreationDateTime: 1_772_445_600, ReadyDateTime: 1_772_445_604 } } },
    });
  });

  it('finds members that EMR does not have', () => {
    expect(strangers(DescribeClusterOutput$, { Cluster: { Id: 'j-1', Colour: 'red', Status: { State: 1 } } })).toEqual([
      '.Cluster.Colour',
      '.Cluster.Status.State',
    ]);
  });
});
