import {
  DeleteSecurityGroupCommand,
  paginateDescribeSecurityGroups,
  RevokeSecurityGroupIngressCommand,
  type EC2Client,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import {
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeMountTargetsCommand,
  paginateDescribeFileSystems,
  type EFSClient,
  type FileSystemDescription,
} from '@aws-sdk/client-efs';
import type { EMRServerlessClient } from '@aws-sdk/client-emr-serverless';

import { runTimeTags } from '../../shared/contract/run-time-resources.ts';
import { removeApplications } from './remove-applications.ts';
import { removalActs } from './removal-acts.ts';

interface RemovalOptions {
  readonly ec2: EC2Client;
  readonly efs: EFSClient;
  readonly serverless: EMRServerlessClient;
  readonly stage: string;
  /** False: only tells what it would do. */
  readonly isForReal: boolean;
  /** Whether the files of people go too. */
  readonly deletesHomes: boolean;
  readonly tell: (line: string) => void;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A mount target takes about a minute to go; until then its file system and its group cannot. */
const LOOKS = 60;
const PAUSE_MS = 5000;

const isOf = (tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [], stage: string): boolean =>
  Object.entries(runTimeTags(stage)).every(([key, value]) =>
    tags.some(({ Key, Value }) => Key === key && Value === value),
  );

/**
 * Removes what the portal of a stage made at run time, by its tags: EMR Serverless applications, mount targets, people's
 * homes if asked to, security groups. It goes on
 * after a failure, and may be repeated.
 * @returns how many could not be removed
 */
export const removeRunTimeResources = async (options: RemovalOptions): Promise<number> => {
  const { ec2, efs, serverless, stage, isForReal, deletesHomes, tell, pause } = options;
  const acts = removalActs(isForReal, tell);
  const { act } = acts;
  const applications = await removeApplications({ serverless, stage, pause }, acts);

  const targetsOf = async (FileSystemId: string) =>
    (await efs.send(new DescribeMountTargetsCommand({ FileSystemId, MaxItems: 100 }))).MountTargets ?? [];

  const unmount = async ({ FileSystemId = '', Name = '' }: FileSystemDescription): Promise<void> => {
    for (const { MountTargetId = '' } of await targetsOf(FileSystemId))
      await act(`mount target ${MountTargetId} of ${Name}`, () =>
        efs.send(new DeleteMountTargetCommand({ MountTargetId })),
      );
    if (!isForReal) return;
    for (let look = 1; look <= LOOKS && (await targetsOf(FileSystemId)).length > 0; look += 1) await pause(PAUSE_MS);
  };

  const homes: FileSystemDescription[] = [];
  for await (const { FileSystems = [] } of paginateDescribeFileSystems({ client: efs, pageSize: 100 }, {}))
    homes.push(...FileSystems.filter(({ Tags }) => isOf(Tags, stage)));
  for (const home of homes) {
    await unmount(home);
    const what = `file system ${home.FileSystemId} of ${home.Name}, with its files`;
    if (deletesHomes) await act(what, () => efs.send(new DeleteFileSystemCommand({ FileSystemId: home.FileSystemId })));
    else tell(`kept ${what}`);
  }

  const groups: SecurityGroup[] = [];
  const Filters = Object.entries(runTimeTags(stage)).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups(
    { client: ec2 },
    { Filters, MaxResults: 1000 },
  ))
    groups.push(...SecurityGroups);
  // A group that another one’s rule names cannot be removed: nodes and service access name each other.
  if (isForReal) {
    for (const { GroupId, IpPermissions = [] } of groups) {
      if (IpPermissions.length > 0) await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    }
  }
  for (const { GroupId, GroupName } of groups)
    await act(`security group ${GroupId} (${GroupName})`, () => ec2.send(new DeleteSecurityGroupCommand({ GroupId })));
  if (applications + homes.length + groups.length === 0)
    tell(`The portal of stage ${stage} has made nothing that is still there.`);
  return acts.failures();
};
