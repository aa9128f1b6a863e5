import { randomBytes } from 'node:crypto';

import * as z from 'zod';

import { AwsError } from '../aws-json.ts';
import type { SecurityGroupStore } from '../ec2/security-group-store.ts';
import { openStateFile, type StateFile } from '../state-file.ts';

const Tags = z.record(z.string(), z.string());

const FileSystem = z.object({
  id: z.string(),
  token: z.string(),
  encrypted: z.boolean(),
  throughputMode: z.string(),
  tags: Tags,
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  lifecycle: z.array(z.record(z.string(), z.string())),
});
export type FileSystem = z.infer<typeof FileSystem>;

const MountTarget = z.object({
  id: z.string(),
  fileSystemId: z.string(),
  subnetId: z.string(),
  vpcId: z.string(),
  zone: z.string(),
  address: z.string(),
  groups: z.array(z.string()),
  createdAt: z.number(),
});
export type MountTarget = z.infer<typeof MountTarget>;

const State = z.object({ fileSystems: z.array(FileSystem), mountTargets: z.array(MountTarget) });

/** AWS's defaults. */
const QUOTAS = { fileSystems: 1000, mountTargetsPerVpc: 400 };

interface StoreOptions {
  readonly quotas?: Partial<typeof QUOTAS>;
  /** How long a file system is `creating`; on AWS some seconds. */
  readonly fileSystemMs?: number;
  /** How long a mount target is `creating`; on AWS a minute and a half. */
  readonly mountTargetMs?: number;
}

const newId = (prefix: string): string => prefix + randomBytes(9).toString('hex').slice(0, 17);

/** EFS file systems of this machine, which hold no files, and their mount targets. They outlast a restart. */
export class FileSystemStore {
  readonly #state: StateFile<z.infer<typeof State>>;
  readonly #groups: SecurityGroupStore;
  readonly #quotas: typeof QUOTAS;
  readonly #options: Required<Pick<StoreOptions, 'fileSystemMs' | 'mountTargetMs'>>;
  #held: z.infer<typeof State>;

  constructor(
    file: string,
    groups: SecurityGroupStore,
    { quotas, fileSystemMs = 1000, mountTargetMs = 2000 }: StoreOptions = {},
  ) {
    this.#state = openStateFile(file, State, { fileSystems: [], mountTargets: [] });
    this.#held = this.#state.value;
    this.#groups = groups;
    this.#quotas = { ...QUOTAS, ...quotas };
    this.#options = { fileSystemMs, mountTargetMs };
  }

  all(): readonly FileSystem[] {
    return this.#held.fileSystems;
  }

  targets(fileSystemId: string): readonly MountTarget[] {
    return this.#held.mountTargets.filter((target) => target.fileSystemId === fileSystemId);
  }

  usesGroup(groupId: string): boolean {
    return this.#held.mountTargets.some(({ groups }) => groups.includes(groupId));
  }

  stateOf(resource: FileSystem | MountTarget): 'creating' | 'available' {
    const { fileSystemMs, mountTargetMs } = this.#options;
    const lasts = 'token' in resource ? fileSystemMs : mountTargetMs;
    return Date.now() < resource.createdAt + lasts ? 'creating' : 'available';
  }

  /** @throws AwsError */
  get(id: string): FileSystem {
    const found = this.all().find((fileSystem) => fileSystem.id === id);
    if (found === undefined) throw new AwsError('FileSystemNotFound', `File system '${id}' does not exist.`, 404);
    return found;
  }

  /** @throws AwsError */
  create(fileSystem: Omit<FileSystem, 'id' | 'createdAt' | 'lifecycle'>): FileSystem {
    const present = this.all().find(({ token }) => token === fileSystem.token);
    if (present !== undefined)
      throw new AwsError(
        'FileSystemAlreadyExists',
        `File system '${present.id}' already exists with creation token '${present.token}'`,
        409,
      );
    if (this.all().length >= this.#quotas.fileSystems)
      throw new AwsError('FileSystemLimitExceeded', 'You have reached the maximum number of file systems.', 403);
    const created = { ...fileSystem, id: newId('fs-'), createdAt: Date.now(), lifecycle: [] };
    this.#write({ ...this.#held, fileSystems: [...this.all(), created] });
    return created;
  }

  /** @throws AwsError */
  change(id: string, change: Partial<Pick<FileSystem, 'tags' | 'lifecycle'>>): FileSystem {
    const changed = { ...this.get(id), ...change };
    this.#write({ ...this.#held, fileSystems: this.all().map((one) => (one.id === id ? changed : one)) });
    return changed;
  }

  /** @throws AwsError where it has mount targets */
  delete(id: string): void {
    const { id: known } = this.get(id);
    if (this.targets(known).length > 0)
      throw new AwsError('FileSystemInUse', `File system '${known}' has mount targets created in it.`, 409);
    this.#write({ ...this.#held, fileSystems: this.all().filter((one) => one.id !== known) });
  }

  /** @throws AwsError */
  mount(fileSystemId: string, subnetId: string, groups: readonly string[]): MountTarget {
    const fileSystem = this.get(fileSystemId);
    if (this.stateOf(fileSystem) !== 'available')
      throw new AwsError('IncorrectFileSystemLifeCycleState', `File system '${fileSystemId}' is not available.`, 409);
    const subnet = this.#groups.network.subnets.find(({ id }) => id === subnetId);
    if (subnet === undefined) throw new AwsError('SubnetNotFound', `The subnet ID '${subnetId}' does not exist`);
    for (const group of groups) {
      if (this.#groups.find(group)?.vpcId !== subnet.vpcId)
        throw new AwsError('SecurityGroupNotFound', `The security group '${group}' does not exist in the subnet’s VPC`);
    }
    const present = this.targets(fileSystemId);
    if (present.some(({ zone, vpcId }) => zone === subnet.zone || vpcId !== subnet.vpcId))
      throw new AwsError('MountTargetConflict', 'mount target already exists in this AZ, or in another VPC', 409);
    const inVpc = this.#held.mountTargets.filter(({ vpcId }) => vpcId === subnet.vpcId);
    if (inVpc.length >= this.#quotas.mountTargetsPerVpc)
      throw new AwsError('NetworkInterfaceLimitExceeded', 'The VPC has as many mount targets as it may have.', 409);
    const number = this.#held.mountTargets.length + 10;
    const target = {
      id: newId('fsmt-'),
      fileSystemId,
      subnetId,
      vpcId: subnet.vpcId,
      zone: subnet.zone,
      address: `10.71.${Math.floor(number / 250) % 250}.${number % 250}`,
      groups: [...groups],
      createdAt: Date.now(),
    };
    this.#write({ ...this.#held, mountTargets: [...this.#held.mountTargets, target] });
    return target;
  }

  /** @throws AwsError */
  unmount(id: string): void {
    if (!this.#held.mountTargets.some((target) => target.id === id))
      throw new AwsError('MountTargetNotFound', `Mount target '${id}' does not exist.`, 404);
    this.#write({ ...this.#held, mountTargets: this.#held.mountTargets.filter((target) => target.id !== id) });
  }

  #write(held: z.infer<typeof State>): void {
    this.#held = held;
    this.#state.write(held);
  }
}
