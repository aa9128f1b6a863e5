import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  PutLifecycleConfigurationCommand,
  TagResourceCommand,
} from '@aws-sdk/client-efs';
import { describe, expect, it, onTestFinished } from 'vitest';

import { efsApi } from '../../local/efs/efs-api.ts';
import { FileSystemStore } from '../../local/efs/file-system-store.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen } from '../../local/server.ts';
import { ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { startEc2, SUBNETS, VPC } from '../contract/ec2.ts';

const start = async (options: ConstructorParameters<typeof FileSystemStore>[2] = {}) => {
  const { store: groups, keys } = await startEc2();
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-efs-'));
  const open = () =>
    new FileSystemStore(path.join(directory, 'efs.json'), groups, { fileSystemMs: 0, mountTargetMs: 0, ...options });
  const store = open();
  const server = http.createServer();
  answerRequests(server, efsApi(store, keys));
  const running = await listen(server, 0);
  const clientOf = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
    new EFSClient({ region: 'us-west-2', endpoint: running.url, maxAttempts: 1, credentials });
  onTestFinished(async () => {
    await running.close();
    rmSync(directory, { recursive: true });
  });
  const group = groups.create({ name: 'nodes', description: 'x', vpcId: VPC, tags: {} }).id;
  return { store, group, keys, client: clientOf(ROOT_CREDENTIALS), clientOf, url: running.url, reopen: open };
};

const create = (token: string) =>
  new CreateFileSystemCommand({ CreationToken: token, Encrypted: true, Tags: [{ Key: 'Name', Value: token }] });

describe('the local EFS', () => {
  it('makes a file system once for each token, and shows what it was given', async () => {
    const { client } = await start();
    const { FileSystemId = '' } = await client.send(create('a'));
    await expect(client.send(create('a'))).rejects.toMatchObject({ name: 'FileSystemAlreadyExists' });
    await client.send(create('b'));
    await client.send(new TagResourceCommand({ ResourceId: FileSystemId, Tags: [{ Key: 'Kind', Value: 'home' }] }));
    const { FileSystems } = await client.send(new DescribeFileSystemsCommand({ CreationToken: 'a' }));
    expect(FileSystems).toMatchObject([
      {
        FileSystemId,
        LifeCycleState: 'available',
        Encrypted: true,
        NumberOfMountTargets: 0,
        CreationTime: expect.any(Date),
        Tags: [
          { Key: 'Name', Value: 'a' },
          { Key: 'Kind', Value: 'home' },
        ],
      },
    ]);
  });

  it('lists file systems in pages', async () => {
    const { client } = await start();
    for (const token of ['a', 'b', 'c']) await client.send(create(token));
    const first = await client.send(new DescribeFileSystemsCommand({ MaxItems: 2 }));
    const second = await client.send(new DescribeFileSystemsCommand({ MaxItems: 2, Marker: first.NextMarker }));
    expect([first, second].map(({ FileSystems }) => FileSystems?.map(({ CreationToken }) => CreationToken))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
    expect(second.NextMarker).toBeUndefined();
  });

  it('mounts one target for each zone, in the groups that are named', async () => {
    const { client, group, store } = await start();
    const { FileSystemId } = await client.send(create('a'));
    const target = { FileSystemId, SubnetId: SUBNETS[0], SecurityGroups: [group] };
    const { MountTargetId, IpAddress } = await client.send(new CreateMountTargetCommand(target));
    expect(IpAddress).toMatch(/^10\.71\.\d+\.\d+$/);
    await expect(client.send(new CreateMountTargetCommand(target))).rejects.toMatchObject({
      name: 'MountTargetConflict',
    });
    const { MountTargets } = await client.send(new DescribeMountTargetsCommand({ FileSystemId }));
    expect(MountTargets).toMatchObject([
      { MountTargetId, IpAddress, SubnetId: SUBNETS[0], LifeCycleState: 'available' },
    ]);
    expect([store.usesGroup(group), store.usesGroup('sg-1')]).toEqual([true, false]);
    await expect(client.send(new DeleteFileSystemCommand({ FileSystemId }))).rejects.toMatchObject({
      name: 'FileSystemInUse',
    });
    await client.send(new DeleteMountTargetCommand({ MountTargetId }));
    await client.send(new DeleteFileSystemCommand({ FileSystemId }));
    expect(store.all()).toEqual([]);
  });

  it('takes its time, as AWS does', async () => {
    const { client, group } = await start({ fileSystemMs: 60_000 });
    const { FileSystemId, LifeCycleState } = await client.send(create('a'));
    expect(LifeCycleState).toBe('creating');
    const target = { FileSystemId, SubnetId: SUBNETS[0], SecurityGroups: [group] };
    await expect(client.send(new CreateMountTargetCommand(target))).rejects.toMatchObject({
      name: 'IncorrectFileSystemLifeCycleState',
    });
  });

  it('keeps file systems and mount targets across a restart', async () => {
    const { client, group, store, reopen } = await start();
    const { FileSystemId = '' } = await client.send(create('a'));
    await client.send(
      new PutLifecycleConfigurationCommand({ FileSystemId, LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }] }),
    );
    await client.send(new CreateMountTargetCommand({ FileSystemId, SubnetId: SUBNETS[1], SecurityGroups: [group] }));
    expect(reopen().all()).toEqual(store.all());
    expect(reopen().targets(FileSystemId)).toEqual(store.targets(FileSystemId));
  });

  it.each([
    ['an unknown file system', 'FileSystemNotFound', new DescribeFileSystemsCommand({ FileSystemId: 'fs-1' })],
    ['an unknown mount target', 'MountTargetNotFound', new DeleteMountTargetCommand({ MountTargetId: 'fsmt-1' })],
    ['too long a token', 'BadRequest', create('x'.repeat(65))],
    ['too many at a time', 'BadRequest', new DescribeFileSystemsCommand({ MaxItems: -1 })],
  ])('refuses %s: %s', async (_what, name, command) => {
    const { client } = await start();
    await expect(client.send(command as DescribeFileSystemsCommand)).rejects.toMatchObject({ name });
  });

  it.each([
    ['an unknown subnet', 'SubnetNotFound', { SubnetId: 'subnet-1' }],
    ['an unknown group', 'SecurityGroupNotFound', { SecurityGroups: ['sg-1'] }],
  ])('mounts nothing in %s: %s', async (_what, name, changes) => {
    const { client, group } = await start();
    const { FileSystemId } = await client.send(create('a'));
    const target = { FileSystemId, SubnetId: SUBNETS[0], SecurityGroups: [group], ...changes };
    await expect(client.send(new CreateMountTargetCommand(target))).rejects.toMatchObject({ name });
  });

  it('has quotas', async () => {
    const { client, group } = await start({ quotas: { fileSystems: 2, mountTargetsPerVpc: 1 } });
    const ids = [];
    for (const token of ['a', 'b']) ids.push((await client.send(create(token))).FileSystemId);
    await expect(client.send(create('c'))).rejects.toMatchObject({ name: 'FileSystemLimitExceeded' });
    const mount = (FileSystemId?: string) =>
      client.send(new CreateMountTargetCommand({ FileSystemId, SubnetId: SUBNETS[0], SecurityGroups: [group] }));
    await mount(ids[0]);
    await expect(mount(ids[1])).rejects.toMatchObject({ name: 'NetworkInterfaceLimitExceeded' });
  });

  it('lets in who signs, and no session of a run', async () => {
    const { clientOf, keys, url } = await start();
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
    });
    const arn = 'arn:aws:sts::123456789012:assumed-role/run/run-1';
    const session = clientOf(keys.issue({ arn, userId: 'AROA:run-1', policy, expiration: Date.now() + 60_000 }));
    await expect(session.send(new DescribeFileSystemsCommand())).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect((await fetch(`${url}/2015-02-01/file-systems`)).status).toBe(403);
  });

  it.each([
    ['GET', '/2015-02-01/file-systems/%2f?MaxItems=x'],
    ['POST', '/2015-02-01/file-systems'],
    ['PUT', '/2015-02-01/file-systems/__proto__/lifecycle-configuration'],
    ['DELETE', '/2015-02-01/'],
    ['PATCH', '/x'],
  ])('answers a malformed request (%s %s) as a mistake of its sender', async (method, target) => {
    const { url } = await start();
    const { status } = await fetch(`${url}${target}`, { method, ...(method !== 'GET' && { body: '{' }) });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
