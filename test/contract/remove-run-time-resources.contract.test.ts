import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { CreateApplicationCommand, EMRServerlessClient } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it, onTestFinished } from 'vitest';

import { ec2ClusterNetwork } from '../../functions/adapters/ec2-cluster-network.ts';
import { efsHomeDirectories } from '../../functions/adapters/efs-home-directories.ts';
import { removeRunTimeResources } from '../../infra/removal/remove-run-time-resources.ts';
import { efsApi } from '../../local/efs/efs-api.ts';
import { FileSystemStore } from '../../local/efs/file-system-store.ts';
import { startLocalEmrServerless } from '../../local/emr-serverless/server.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen } from '../../local/server.ts';
import { ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { at } from '../fakes/cluster.ts';
import { testClock } from '../fakes/test-clock.ts';
import { startEc2, SUBNETS, VPC } from './ec2.ts';

const pause = async (): Promise<void> => undefined;

/** Two stages in one account, each with a person's groups, in private subnets, and their home; and a group of somebody else. */
const start = async () => {
  const inUse = new Set<string>();
  const fileSystems: { store?: FileSystemStore } = {};
  const isInUse = (id: string): boolean => inUse.has(id) || fileSystems.store?.usesGroup(id) === true;
  const { store: groups, keys, client: ec2 } = await startEc2({ isInUse });
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-removal-'));
  const store = new FileSystemStore(path.join(directory, 'efs.json'), groups, { fileSystemMs: 0, mountTargetMs: 0 });
  fileSystems.store = store;
  const service = await startLocalEmrServerless({
    port: 0,
    dataDirectory: path.join(directory, 'emr-serverless'),
    publish: () => undefined,
    writeLog: async () => undefined,
    region: 'us-west-2',
    accountId: '123456789012',
  });
  service.control({ applicationSeconds: 0 });
  const server = http.createServer();
  answerRequests(server, efsApi(store, keys));
  const running = await listen(server, 0);
  onTestFinished(async () => {
    await running.close();
    await service.close();
    rmSync(directory, { recursive: true });
  });
  const efs = new EFSClient({
    region: 'us-west-2',
    endpoint: running.url,
    maxAttempts: 1,
    credentials: ROOT_CREDENTIALS,
  });
  const serverless = new EMRServerlessClient({
    region: 'us-west-2',
    endpoint: service.url,
    maxAttempts: 1,
    credentials: ROOT_CREDENTIALS,
  });
  for (const environment of ['dev', 'prod']) {
    const name = `atmo-${environment}-job-7.13.0-arm64-0123456789`;
    const tags = { Application: 'ATMO', Environment: environment };
    await serverless.send(
      new CreateApplicationCommand({ name, tags, clientToken: name, releaseLabel: 'emr-7.13.0', type: 'SPARK' }),
    );
    const settings = { environment, emrVpcId: VPC, emrUsesServiceAccess: 'true' };
    const network = ec2ClusterNetwork(settings, { client: ec2, pause });
    const homes = efsHomeDirectories(
      { environment, homeDirectories: 'efs', emrSubnetIds: SUBNETS.join(',') },
      { client: efs, clock: testClock(at('06:00:00')), pause },
    );
    await homes.homeOf('alice', await network.groupsOf('alice', 'cluster'));
    await network.groupsOf('alice', 'job');
  }
  const other = groups.create({
    name: 'other',
    description: 'x',
    vpcId: VPC,
    tags: { Application: 'ATMO', Environment: 'dev' },
  });
  const told: string[] = [];
  const remove = (options: { isForReal: boolean; deletesHomes: boolean }) =>
    removeRunTimeResources({
      ec2,
      efs,
      serverless,
      stage: 'dev',
      tell: (line) => void told.push(line),
      pause,
      ...options,
    });
  const left = () => ({
    groups: groups.all().map(({ name, tags }) => tags['Environment'] + ' ' + name),
    homes: store.all().map(({ token }) => token),
    mounts: store.all().map(({ id }) => store.targets(id).length),
  });
  return { ec2, groups, store, remove, told, left, inUse, other };
};

const PROD = ['cluster-nodes', 'cluster-service', 'job-nodes', 'job-service'].map(
  (part) => `prod atmo-prod-${part}-alice`,
);

describe('the command that removes what the portal made', () => {
  it('only tells, unless it is told to', async () => {
    const { remove, told, left } = await start();
    const before = left();
    expect(await remove({ isForReal: false, deletesHomes: true })).toBe(0);
    expect(left()).toEqual(before);
    expect(told.filter((line) => line.startsWith('would remove '))).toHaveLength(1 + 2 + 1 + 4);
    expect(told.filter((line) => !line.startsWith('would remove '))).toEqual([]);
  });

  it('removes groups and mounts of its stage, keeps the files of people, and touches nothing else', async () => {
    const { remove, told, left, other } = await start();
    expect(await remove({ isForReal: true, deletesHomes: false })).toBe(0);
    expect(left()).toEqual({
      groups: [...PROD, `dev ${other.name}`],
      homes: ['atmo-dev-alice', 'atmo-prod-alice'],
      mounts: [0, 2],
    });
    expect(told.filter((line) => line.startsWith('removed '))).toHaveLength(1 + 2 + 4);
    expect(told.filter((line) => line.startsWith('kept '))).toHaveLength(1);
  });

  it('deletes homes with their files only where it is asked to', async () => {
    const { remove, left } = await start();
    expect(await remove({ isForReal: true, deletesHomes: true })).toBe(0);
    expect(left()).toMatchObject({ homes: ['atmo-prod-alice'], mounts: [2] });
  });

  it('goes on where something is in use, says so, and finishes when it is repeated', async () => {
    const { remove, told, left, groups, inUse } = await start();
    const used = groups.all().find(({ name }) => name === 'atmo-dev-job-nodes-alice');
    inUse.add(used?.id ?? '');
    expect(await remove({ isForReal: true, deletesHomes: true })).toBe(1);
    expect(told).toContainEqual(
      expect.stringMatching(/^could not remove security group .*job-nodes-alice.*DependencyViolation/),
    );
    expect(left().groups.filter((group) => group.startsWith('dev atmo-'))).toEqual(['dev atmo-dev-job-nodes-alice']);
    inUse.clear();
    expect(await remove({ isForReal: true, deletesHomes: true })).toBe(0);
    expect(left().groups.filter((group) => group.startsWith('dev atmo-'))).toEqual([]);
    expect(await remove({ isForReal: true, deletesHomes: true })).toBe(0);
    expect(told.at(-1)).toContain('made nothing that is still there');
  });

  it('removes a group that operators opened to an address range', async () => {
    const { remove, left, groups, ec2 } = await start();
    const GroupId = groups.all().find(({ name }) => name === 'atmo-dev-job-nodes-alice')?.id;
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: '10.0.0.0/24' }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    expect(await remove({ isForReal: true, deletesHomes: true })).toBe(0);
    expect(left().groups.filter((group) => group.startsWith('dev atmo-'))).toEqual([]);
  });
});
