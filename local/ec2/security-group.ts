import * as z from 'zod';

const Rule = z.object({
  direction: z.enum(['ingress', 'egress']),
  ipProtocol: z.string(),
  fromPort: z.number(),
  toPort: z.number(),
  /** The other side: id of a group, or an IPv4 range. */
  groupId: z.string().nullable(),
  cidr: z.string().nullable(),
});
export type Rule = z.infer<typeof Rule>;

export const SecurityGroup = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  vpcId: z.string(),
  tags: z.record(z.string(), z.string()),
  rules: z.array(Rule),
});
export type SecurityGroup = z.infer<typeof SecurityGroup>;

/** What EC2 gives to every new group. */
export const EVERYTHING_OUT: Rule = {
  direction: 'egress',
  ipProtocol: '-1',
  fromPort: -1,
  toPort: -1,
  groupId: null,
  cidr: '0.0.0.0/0',
};

export const isSameRule = (one: Rule, other: Rule): boolean =>
  (Object.keys(one) as (keyof Rule)[]).every((key) => one[key] === other[key]);

/** Whether members of a group may reach this port of another’s. */
export const isOpenTo = ({ rules }: SecurityGroup, groupId: string, protocol: string, port: number): boolean =>
  rules.some(
    (rule) =>
      rule.direction === 'ingress' &&
      rule.groupId === groupId &&
      (rule.ipProtocol === '-1' || (rule.ipProtocol === protocol && rule.fromPort <= port && port <= rule.toPort)),
  );
