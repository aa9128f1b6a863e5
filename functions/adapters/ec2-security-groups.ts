import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';

import { EMR_MANAGED_TAG } from '../../shared/contract/run-time-resources.ts';
import { AwsFailed, EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import { logger } from '../runtime/logger.ts';
import { awsErrorOf } from './aws-errors.ts';

/** A security group as it must be. */
export interface WantedGroup {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** One port range that is open to the members of a group. */
export interface GroupRule {
  readonly ipProtocol: 'tcp' | 'udp' | 'icmp';
  readonly fromPort: number;
  readonly toPort: number;
  /** Id of the group. */
  readonly from: string;
}

/** What only operators can change; a retry helps with none of them. */
const REFUSALS: Readonly<Record<string, string>> = {
  SecurityGroupLimitExceeded:
    'The account has as many security groups as its quota allows, so none can be made for this person. Nothing was launched. ' +
    'Ask the operators of the portal to raise the quota.',
  RulesPerSecurityGroupLimitExceeded:
    'The security group of this person has as many rules as its quota allows. Nothing was launched. Ask the operators of the portal to remove those that are not the portal’s.',
  UnauthorizedOperation: 'EC2 denied the portal access. Contact its operators; the reason is in the log.',
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Awaits a call of EC2. @throws AwsThrottled, AwsFailed, EmrRefusedLaunch */
const fromEc2 = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    const refusal = REFUSALS[nameOf(error)];
    if (refusal === undefined) throw awsErrorOf('EC2', error);
    logger.error('EC2 refuses what the network of a cluster needs', { error });
    throw new EmrRefusedLaunch(refusal, { name: nameOf(error) });
  }
};

/** Another launch made the same at the same time, or EC2 does not show everywhere yet what it has just made. */
const isSettling = (error: unknown): boolean =>
  error instanceof AwsFailed &&
  [
    'InvalidGroup.Duplicate',
    'InvalidPermission.Duplicate',
    'InvalidGroup.NotFound',
    'InvalidGroupId.NotFound',
  ].includes(String(error.evidence['name']));

/** @returns whether the call went through; false: look again */
export const unlessSettling = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call;
    return true;
  } catch (error) {
    if (!isSettling(error)) throw error;
    return false;
  }
};

const permissionOf = ({ ipProtocol, fromPort, toPort, from }: GroupRule): IpPermission => ({
  IpProtocol: ipProtocol,
  FromPort: fromPort,
  ToPort: toPort,
  UserIdGroupPairs: [{ GroupId: from }],
});

const has = ({ IpPermissions = [] }: SecurityGroup, { ipProtocol, fromPort, toPort, from }: GroupRule): boolean =>
  IpPermissions.some(
    ({ IpProtocol, FromPort, ToPort, UserIdGroupPairs = [] }) =>
      IpProtocol === ipProtocol &&
      FromPort === fromPort &&
      ToPort === toPort &&
      UserIdGroupPairs.some(({ GroupId }) => GroupId === from),
  );

/** Of these rules, the ones that the group lacks. */
export const missingRules = (group: SecurityGroup, rules: readonly GroupRule[]): readonly GroupRule[] =>
  rules.filter((rule) => !has(group, rule));

/** Groups of one VPC, by their names. */
export const ec2SecurityGroups = (client: EC2Client, vpcId: string) => {
  const isAsWanted = ({ Tags = [] }: SecurityGroup, { tags }: WantedGroup): boolean =>
    Object.entries(tags).every(([key, value]) => Tags.some((tag) => tag.Key === key && tag.Value === value));

  return {
    /** @throws EmrRefusedLaunch where a group of the name is not the one that is wanted */
    async find(wanted: readonly WantedGroup[]): Promise<readonly (SecurityGroup | undefined)[]> {
      const { SecurityGroups = [] } = await fromEc2(
        client.send(
          new DescribeSecurityGroupsCommand({
            Filters: [
              { Name: 'vpc-id', Values: [vpcId] },
              { Name: 'group-name', Values: wanted.map(({ name }) => name) },
            ],
          }),
        ),
      );
      return wanted.map((group) => {
        const found = SecurityGroups.find(({ GroupName }) => GroupName === group.name);
        if (found === undefined || isAsWanted(found, group)) return found;
        throw new EmrRefusedLaunch(
          'A security group with the name of this person’s was not made by the portal. Nothing was launched. Ask the operators of the portal to rename or remove it.',
          { groupId: found.GroupId, name: group.name },
        );
      });
    },

    async create({ name, description, tags }: WantedGroup): Promise<void> {
      const all = { ...tags, Name: name, [EMR_MANAGED_TAG.key]: EMR_MANAGED_TAG.value };
      await fromEc2(
        client.send(
          new CreateSecurityGroupCommand({
            GroupName: name,
            Description: description,
            VpcId: vpcId,
            TagSpecifications: [
              {
                ResourceType: 'security-group',
                Tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value })),
              },
            ],
          }),
        ),
      );
      logger.info('Made a security group', { name });
    },

    async allow(groupId: string, rules: readonly GroupRule[]): Promise<void> {
      await fromEc2(
        client.send(
          new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: rules.map(permissionOf) }),
        ),
      );
    },
  };
};
