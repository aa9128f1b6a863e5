import * as z from 'zod';

import { ACCOUNT } from '../account.ts';
import { AwsError } from '../aws-json.ts';
import type { FileSystem, FileSystemStore, MountTarget } from './file-system-store.ts';

/** A call: what its path names, its query and its body. */
export interface EfsCall {
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Operation = (call: EfsCall, store: FileSystemStore) => readonly [status: number, output: unknown];

const Tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50);

const CreateFileSystem = z.object({
  CreationToken: z.string().min(1).max(64),
  Encrypted: z.boolean().default(false),
  ThroughputMode: z.enum(['bursting', 'provisioned', 'elastic']).default('bursting'),
  Tags: Tags.default([]),
});
const CreateMountTarget = z.object({
  FileSystemId: z.string(),
  SubnetId: z.string(),
  SecurityGroups: z.array(z.string()).max(100).default([]),
});
const PutLifecycle = z.object({ LifecyclePolicies: z.array(z.record(z.string(), z.string())).max(3) });
const TagResource = z.object({ Tags: Tags.min(1) });

/** @throws AwsError */
const parsed = <Output>(schema: z.ZodType<Output>, body: unknown): Output => {
  const { data, error } = schema.safeParse(body);
  if (error !== undefined) throw new AwsError('BadRequest', z.prettifyError(error));
  return data;
};

const tagsIn = (tags: z.infer<typeof Tags>): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

const fileSystemView = (fileSystem: FileSystem, store: FileSystemStore) => ({
  OwnerId: ACCOUNT.id,
  CreationToken: fileSystem.token,
  FileSystemId: fileSystem.id,
  FileSystemArn: `arn:aws:elasticfilesystem:${ACCOUNT.region}:${ACCOUNT.id}:file-system/${fileSystem.id}`,
  CreationTime: fileSystem.createdAt / 1000,
  LifeCycleState: store.stateOf(fileSystem),
  Name: fileSystem.tags['Name'],
  NumberOfMountTargets: store.targets(fileSystem.id).length,
  SizeInBytes: { Value: 6144 },
  PerformanceMode: 'generalPurpose',
  Encrypted: fileSystem.encrypted,
  ThroughputMode: fileSystem.throughputMode,
  Tags: Object.entries(fileSystem.tags).map(([Key, Value]) => ({ Key, Value })),
});

const mountTargetView = (target: MountTarget, store: FileSystemStore) => ({
  OwnerId: ACCOUNT.id,
  MountTargetId: target.id,
  FileSystemId: target.fileSystemId,
  SubnetId: target.subnetId,
  VpcId: target.vpcId,
  AvailabilityZoneName: target.zone,
  IpAddress: target.address,
  LifeCycleState: store.stateOf(target),
});

const pageOf = <Item>(items: readonly Item[], query: URLSearchParams) => {
  const [start, size] = [Number(query.get('Marker') ?? 0), Number(query.get('MaxItems') ?? 100)];
  if (!Number.isInteger(start) || !Number.isInteger(size) || start < 0 || size < 1)
    throw new AwsError('BadRequest', 'Marker or MaxItems is invalid.');
  const end = start + Math.min(size, 100);
  return { page: items.slice(start, end), next: end < items.length ? { NextMarker: String(end) } : {} };
};

const describeFileSystems: Operation = ({ query }, store) => {
  const [id, token] = [query.get('FileSystemId'), query.get('CreationToken')];
  if (id !== null) return [200, { FileSystems: [fileSystemView(store.get(id), store)] }];
  const found = store.all().filter((fileSystem) => token === null || fileSystem.token === token);
  const { page, next } = pageOf(found, query);
  return [200, { FileSystems: page.map((one) => fileSystemView(one, store)), ...next }];
};

/** By method and the first part of the path below the version. */
export const EFS_OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET file-systems': describeFileSystems,
  'POST file-systems': ({ body }, store) => {
    const { CreationToken, Encrypted, ThroughputMode, Tags: tags } = parsed(CreateFileSystem, body);
    const created = store.create({
      token: CreationToken,
      encrypted: Encrypted,
      throughputMode: ThroughputMode,
      tags: tagsIn(tags),
    });
    return [201, fileSystemView(created, store)];
  },
  'DELETE file-systems': ({ id }, store) => {
    store.delete(id);
    return [204, null];
  },
  'PUT file-systems': ({ id, body }, store) => {
    const { LifecyclePolicies } = parsed(PutLifecycle, body);
    store.change(id, { lifecycle: LifecyclePolicies });
    return [200, { LifecyclePolicies }];
  },
  'POST resource-tags': ({ id, body }, store) => {
    const { Tags: tags } = parsed(TagResource, body);
    store.change(id, { tags: { ...store.get(id).tags, ...tagsIn(tags) } });
    return [200, {}];
  },
  'GET mount-targets': ({ query }, store) => {
    const id = query.get('FileSystemId');
    if (id === null) throw new AwsError('BadRequest', 'Name a file system.');
    const { page, next } = pageOf(store.targets(store.get(id).id), query);
    return [200, { MountTargets: page.map((target) => mountTargetView(target, store)), ...next }];
  },
  'POST mount-targets': ({ body }, store) => {
    const { FileSystemId, SubnetId, SecurityGroups } = parsed(CreateMountTarget, body);
    return [200, mountTargetView(store.mount(FileSystemId, SubnetId, SecurityGroups), store)];
  },
  'DELETE mount-targets': ({ id }, store) => {
    store.unmount(id);
    return [204, null];
  },
};
