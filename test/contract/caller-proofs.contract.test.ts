import http from 'node:http';

import { describe, expect, it, onTestFinished } from 'vitest';

import { PROOF_HEADER, stsCallerProofs } from '../../functions/adapters/sts-caller-proofs.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen } from '../../local/server.ts';
import type { SessionCredentials } from '../../local/sts/access-keys.ts';
import { sha256, signatureOf } from '../../local/sts/signature.ts';
import { stsApi } from '../../local/sts/sts-api.ts';
import { startEc2 } from './ec2.ts';

const SETTINGS = {
  requiresCallerProof: 'true',
  emrJobInstanceProfile: 'atmo-test-us-west-2-job-node',
  runRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-run',
  region: 'us-west-2',
};
const ROLE = 'arn:aws:sts::123456789012:assumed-role/atmo-test-us-west-2-job-node';
const INSTANCE = 'i-0123456789abcdef0';
const RUN = '20261123T060000000Z-0123456789';
const SCOPE = 'us-west-2/sts/aws4_request';

const start = async () => {
  const clusters: Record<string, string> = { [INSTANCE]: 'j-OURS', 'i-0123456789abcdef1': 'j-ANOTHER' };
  const { keys, client } = await startEc2({ clusterOf: (id) => clusters[id] ?? null });
  const server = http.createServer();
  const paths: string[] = [];
  server.on('request', ({ url = '' }: http.IncomingMessage) => void paths.push(url));
  answerRequests(server, stsApi(keys));
  const running = await listen(server, 0);
  onTestFinished(() => running.close());
  const proofs = stsCallerProofs(SETTINGS, { client, sts: running.url });
  const credentialsOf = (arn: string): SessionCredentials =>
    keys.issue({ arn, userId: 'AROA:x', policy: null, expiration: Date.now() + 3_600_000 });

  /** As botocore presigns it on a node, of a run's cluster unless told otherwise. */
  const proofOf = ({
    arn = `${ROLE}/${INSTANCE}`,
    runId = RUN,
    changes = {},
    at = new Date(),
  }: { arn?: string; runId?: string; changes?: Record<string, string>; at?: Date } = {}): string => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentialsOf(arn);
    const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const scope = `${time.slice(0, 8)}/${SCOPE}`;
    const query = {
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${accessKeyId}/${scope}`,
      'X-Amz-Date': time,
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': `host;${PROOF_HEADER}`,
      'X-Amz-Security-Token': sessionToken,
      ...changes,
    };
    const signed = {
      method: 'GET',
      path: '/',
      query: Object.entries(query),
      headers: [
        ['host', new URL(running.url).host],
        [PROOF_HEADER, runId],
      ] as const,
      payloadHash: sha256(''),
    };
    const signature = signatureOf(signed, { scope, time }, secretAccessKey);
    return new URLSearchParams({ ...query, 'X-Amz-Signature': signature }).toString();
  };
  return { proofs, proofOf, paths };
};

describe('the proof of a caller', () => {
  it('names the cluster whose instance signed it', async () => {
    const { proofs, proofOf } = await start();
    expect(proofs.areRequired).toBe(true);
    expect(await proofs.clusterOf(proofOf(), RUN)).toBe('j-OURS');
    expect(await proofs.clusterOf(proofOf({ arn: `${ROLE}/i-0123456789abcdef1` }), RUN)).toBe('j-ANOTHER');
  });

  it.each([
    ['an instance that is no node of EMR', { arn: `${ROLE}/i-0123456789abcdef9` }],
    ['a session with a name of one’s own', { arn: `${ROLE}/someone` }],
    ['the role of people’s clusters', { arn: `${ROLE.replace('job', 'cluster')}/${INSTANCE}` }],
    ['a role of another account', { arn: `${ROLE.replace('123456789012', '999999999999')}/${INSTANCE}` }],
    ['a role whose name only ends alike', { arn: `${ROLE.replace('role/', 'role/x-')}/${INSTANCE}` }],
    ['another run', { runId: 'another' }],
    ['a time that is over', { at: new Date(Date.now() - 120_000) }],
  ])('is none of %s', async (_what, changes) => {
    const { proofs, proofOf } = await start();
    expect(await proofs.clusterOf(proofOf(changes), RUN)).toBeNull();
  });

  it('is none where the signature is not right', async () => {
    const { proofs, proofOf } = await start();
    const forged = proofOf().replace(/X-Amz-Signature=[0-9a-f]{4}/, 'X-Amz-Signature=0000');
    expect(await proofs.clusterOf(forged, RUN)).toBeNull();
  });

  it.each([
    ['another operation', { Action: 'AssumeRole' }],
    ['a longer life', { 'X-Amz-Expires': '604800' }],
    ['another service', { 'X-Amz-Credential': 'ASIA0123456789ABCDEF/20261123/us-west-2/s3/aws4_request' }],
    ['fewer signed headers', { 'X-Amz-SignedHeaders': 'host' }],
    ['more parameters', { RoleArn: 'arn:aws:iam::1:role/x' }],
  ])('reaches no service with %s', async (_what, changes) => {
    const { proofs, proofOf, paths } = await start();
    expect(await proofs.clusterOf(proofOf({ changes }), RUN)).toBeNull();
    expect(paths).toEqual([]);
  });

  it.each([
    '',
    'https://evil.example.com/?Action=GetCallerIdentity',
    '//evil.example.com/',
    '@evil.example.com/',
    '#x',
    '?Action=GetCallerIdentity',
    '\u0000',
    'Action=GetCallerIdentity&Action=AssumeRole',
  ])('reaches nothing where it is no query of that kind: %j', async (text) => {
    const { proofs, paths } = await start();
    expect(await proofs.clusterOf(text, RUN)).toBeNull();
    expect(paths).toEqual([]);
  });

  it('goes to the one path of STS, whatever stands in it', async () => {
    const { proofs, proofOf, paths } = await start();
    await proofs.clusterOf(proofOf(), RUN);
    expect(paths.map((path) => path.split('?')[0])).toEqual(['/']);
    // A parameter twice is no proof, though one of the two is right.
    expect(await proofs.clusterOf(`${proofOf()}&Action=GetCallerIdentity`, RUN)).toBeNull();
    expect(paths).toHaveLength(1);
  });

  it.each([
    [503, 'oops', 'AwsFailed'],
    [400, '<Error><Code>Throttling</Code></Error>', 'AwsThrottled'],
  ])('cannot be told where STS answers %i', async (status, body, name) => {
    const { proofOf } = await start();
    const server = http.createServer((_request, response) => {
      response.writeHead(status);
      response.end(body);
    });
    const running = await listen(server, 0);
    onTestFinished(() => running.close());
    const proofs = stsCallerProofs(SETTINGS, { sts: running.url });
    await expect(proofs.clusterOf(proofOf(), RUN)).rejects.toMatchObject({ name });
  });

  it('follows no redirect, which would take the signed request elsewhere', async () => {
    const { proofOf } = await start();
    const asked: string[] = [];
    const server = http.createServer(({ url = '' }, response) => {
      asked.push(url);
      if (url === '/elsewhere') response.end(`<Arn>${ROLE}/${INSTANCE}</Arn>`);
      else response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    const running = await listen(server, 0);
    onTestFinished(() => running.close());
    const proofs = stsCallerProofs(SETTINGS, { sts: running.url });
    await expect(proofs.clusterOf(proofOf(), RUN)).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(asked).toHaveLength(1);
    expect(asked).not.toContain('/elsewhere');
  });

  it('is sent to STS of the function’s own Region', async () => {
    const asked: string[] = [];
    const real = globalThis.fetch;
    globalThis.fetch = (async (url: string) => {
      asked.push(new URL(url).origin);
      return new Response('', { status: 403 });
    }) as typeof fetch;
    onTestFinished(() => void (globalThis.fetch = real));
    const { proofOf } = await start();
    for (const [region, runRoleArn] of [
      ['us-west-2', SETTINGS.runRoleArn],
      ['cn-north-1', 'arn:aws-cn:iam::123456789012:role/atmo-test-run'],
    ] as const)
      await stsCallerProofs({ ...SETTINGS, region, runRoleArn }).clusterOf(proofOf(), RUN);
    expect(asked).toEqual(['https://sts.us-west-2.amazonaws.com', 'https://sts.cn-north-1.amazonaws.com.cn']);
  });

  it('is not asked for where there are no instances', () => {
    expect(stsCallerProofs({ ...SETTINGS, requiresCallerProof: '' }).areRequired).toBe(false);
  });
});
