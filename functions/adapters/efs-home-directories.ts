import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DeleteMountTargetCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  paginateDescribeFileSystems,
  PutLifecycleConfigurationCommand,
  TagResourceCommand,
  type FileSystemDescription,
  type MountTargetDescription,
} from '@aws-sdk/client-efs';

import type { Setting } from '../../shared/contract/environment.ts';
import { runTimeTags } from '../../shared/contract/run-time-resources.ts';
import { AwsFailed, HomeUnavailable } from '../../shared/domain/errors.ts';
import { mostHomes } from '../../shared/domain/homes.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import type { ClusterGroups } from '../ports/cluster-network.ts';
import type { HomeAddresses, HomeDirectories } from '../ports/home-directories.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import { awsErrorOf, fromAws } from './aws-errors.ts';
import { personKey } from './person-key.ts';
import { requestHandler } from './request-handler.ts';

export const HOME_SETTINGS = ['environment', 'homeDirectories', 'emrSubnetIds'] as const satisfies readonly Setting[];

type HomeSettings = Readonly<Record<(typeof HOME_SETTINGS)[number], string>>;

interface HomeOptions {
  readonly client?: EFSClient;
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Tag of a file system: when a cluster was last launched with it. */
const LAST_USED = 'LastUsed';

/** A new file system takes some seconds until it can have mount targets. A person waits for no more than these. */
const LOOKS = 10;
const PAUSE_MS = 1000;

/** Every call may be repeated: creations name a token or a subnet, which EFS takes once. */
const efsClient = (): EFSClient => new EFSClient({ maxAttempts: 3, requestHandler });

/** What only operators can change; a retry helps with none of them. */
const REFUSALS: Readonly<Record<string, string>> = {
  FileSystemLimitExceeded: 'the account has as many EFS file systems as its quota allows',
  NetworkInterfaceLimitExceeded: 'the network has as many mount targets or interfaces as its quota allows',
  NoFreeAddressesInSubnet: 'a subnet of the clusters has no free address',
  SecurityGroupNotFound: 'the person’s security group is not in the network of the clusters',
  UnsupportedAvailabilityZone: 'EFS is not offered in the zone of a subnet',
  AccessDeniedException: 'EFS denied the portal access',
};

const refused = (why: string, evidence: Readonly<Record<string, unknown>>): HomeUnavailable => {
  logger.error('A home directory cannot be made or mounted', { why, ...evidence });
  return new HomeUnavailable(`The home directory cannot be used: ${why}. Ask the operators of the portal.`, evidence);
};

/** Awaits a call of EFS. @throws AwsThrottled, AwsFailed, HomeUnavailable */
const fromEfs = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    const known = awsErrorOf('EFS', error);
    const name = known instanceof AwsFailed ? String(known.evidence['name']) : '';
    const why = REFUSALS[name];
    throw why === undefined ? known : refused(why, { name });
  }
};

/** The same, but for what a launch at the same time has done already. */
const unless = async (name: string, call: Promise<unknown>): Promise<void> => {
  try {
    await fromEfs(call);
  } catch (error) {
    if (!(error instanceof AwsFailed && error.evidence['name'] === name)) throw error;
  }
};

/** An EFS file system of each person; its mount targets are in the group of the person's clusters, which is open to itself only. */
export const efsHomeDirectories = (
  { environment, homeDirectories, emrSubnetIds }: HomeSettings,
  { client = efsClient(), clock, pause }: HomeOptions,
): HomeDirectories => {
  const keepsHomes = homeDirectories === 'efs';
  const subnets = emrSubnetIds.split(',').filter((id) => id !== '');
  const tagsOf = (key: string) => ({ ...runTimeTags(environment), Person: key, Kind: 'home' });
  const isOurs = ({ Tags = [] }: FileSystemDescription, tags: Readonly<Record<string, string>>): boolean =>
    Object.entries(tags).every(([name, value]) => Tags.some(({ Key, Value }) => Key === name && Value === value));

  const create = (key: string, token: string): Promise<void> => {
    const tags = { ...tagsOf(key), Name: token };
    const command = new CreateFileSystemCommand({
      CreationToken: token,
      Encrypted: true,
      PerformanceMode: 'generalPurpose',
      ThroughputMode: 'elastic',
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
    return unless('FileSystemAlreadyExists', client.send(command));
  };

  /** The person's file system once it can have mount targets. */
  const available = async (key: string): Promise<string> => {
    // EFS takes 64 characters.
    const token = `atmo-${environment}-${key}`;
    for (let look = 1; look <= LOOKS; look += 1) {
      const { FileSystems = [] } = await fromEfs(client.send(new DescribeFileSystemsCommand({ CreationToken: token })));
      const [found] = FileSystems;
      if (found === undefined) await create(key, token);
      else if (!isOurs(found, tagsOf(key))) throw refused('its file system was not made by the portal', { token });
      else if (found.LifeCycleState === 'available' || found.LifeCycleState === 'updating')
        return found.FileSystemId ?? '';
      else if (found.LifeCycleState !== 'creating')
        throw refused(`its file system is ${found.LifeCycleState}`, { token });
      await pause(PAUSE_MS);
    }
    throw new AwsFailed('EFS is still making the home directory. The next cluster will have it.', { token });
  };

  const targetsOf = async (fileSystemId: string): Promise<readonly MountTargetDescription[]> => {
    const command = new DescribeMountTargetsCommand({ FileSystemId: fileSystemId, MaxItems: 100 });
    return (await fromEfs(client.send(command))).MountTargets ?? [];
  };

  const addressesIn = (targets: readonly MountTargetDescription[]): HomeAddresses =>
    Object.fromEntries(
      targets
        .filter(({ LifeCycleState, SubnetId = '' }) => subnets.includes(SubnetId) && LifeCycleState !== 'deleting')
        .flatMap(({ SubnetId = '', IpAddress }) => (IpAddress === undefined ? [] : [[SubnetId, IpAddress]])),
    );

  const mountIn = async (fileSystemId: string, { nodes }: ClusterGroups): Promise<HomeAddresses> => {
    const present = addressesIn(await targetsOf(fileSystemId));
    const missing = subnets.filter((subnet) => present[subnet] === undefined);
    if (missing.length === 0) return present;
    // What was not read for a month costs a tenth from then on.
    const LifecyclePolicies = [
      { TransitionToIA: 'AFTER_30_DAYS' as const },
      { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' as const },
    ];
    await fromEfs(client.send(new PutLifecycleConfigurationCommand({ FileSystemId: fileSystemId, LifecyclePolicies })));
    for (const SubnetId of missing) {
      const target = { FileSystemId: fileSystemId, SubnetId, SecurityGroups: [nodes] };
      // Another subnet of its zone has one, or the file system is mounted in another network.
      await unless('MountTargetConflict', client.send(new CreateMountTargetCommand(target)));
    }
    const addresses = addressesIn(await targetsOf(fileSystemId));
    if (Object.keys(addresses).length === 0)
      throw refused('its file system is mounted in another network', { fileSystemId });
    return addresses;
  };

  const used = (fileSystemId: string): Promise<unknown> =>
    fromEfs(
      client.send(new TagResourceCommand({ ResourceId: fileSystemId, Tags: [{ Key: LAST_USED, Value: clock.now() }] })),
    );

  const lastUsedAt = ({ Tags = [], CreationTime }: FileSystemDescription) =>
    Tags.find(({ Key }) => Key === LAST_USED)?.Value ?? (CreationTime === undefined ? null : toInstant(CreationTime));

  return {
    atMost: keepsHomes ? mostHomes(subnets.length) : null,

    async homeOf(ownerId, groups) {
      if (!keepsHomes) return null;
      const fileSystemId = await available(personKey(ownerId));
      // Before it is mounted, so that the upkeep never takes it for unused.
      await used(fileSystemId);
      return mountIn(fileSystemId, groups);
    },

    async mounted() {
      if (!keepsHomes) return [];
      const ours = { ...runTimeTags(environment), Kind: 'home' };
      const homes = [];
      const pages = paginateDescribeFileSystems({ client, pageSize: 100 }, {});
      for await (const { FileSystems = [] } of pages) homes.push(...FileSystems);
      return homes.flatMap((home) => {
        const { FileSystemId: id, NumberOfMountTargets = 0, Tags = [] } = home;
        const key = Tags.find(({ Key }) => Key === 'Person')?.Value;
        if (id === undefined || key === undefined || NumberOfMountTargets === 0 || !isOurs(home, ours)) return [];
        return [{ id, personKey: key, lastUsedAt: lastUsedAt(home) }];
      });
    },

    async unmount({ id }) {
      for (const { MountTargetId } of await targetsOf(id))
        await fromAws('EFS', client.send(new DeleteMountTargetCommand({ MountTargetId })));
      logger.info('Removed the mount targets of a home', { fileSystemId: id });
    },

    keyOf: personKey,
  };
};
