import { EC2Client, type SecurityGroup } from '@aws-sdk/client-ec2';

import type { Setting } from '../../shared/contract/environment.ts';
import { runTimeTags } from '../../shared/contract/run-time-resources.ts';
import type { EmrClusterKind } from '../../shared/domain/emr-name.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import type { ClusterNetwork } from '../ports/cluster-network.ts';
import {
  ec2SecurityGroups,
  missingRules,
  unlessSettling,
  type GroupRule,
  type WantedGroup,
} from './ec2-security-groups.ts';
import { personKey } from './person-key.ts';
import { requestHandler } from './request-handler.ts';

export const CLUSTER_NETWORK_SETTINGS = [
  'environment',
  'emrVpcId',
  'emrUsesServiceAccess',
] as const satisfies readonly Setting[];

type ClusterNetworkSettings = Readonly<Record<(typeof CLUSTER_NETWORK_SETTINGS)[number], string>>;

interface ClusterNetworkOptions {
  readonly client?: EC2Client;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Every call may be repeated: what it has done already is then a duplicate, which is looked up. */
const ec2Client = (): EC2Client => new EC2Client({ maxAttempts: 3, requestHandler });

/** Looks and changes, at most; EC2 shows a new group everywhere within seconds. */
const PASSES = 8;
const PAUSE_MS = 250;

/** What the groups are of. */
const PARTS = { nodes: 'nodes', service: 'service access to nodes' } as const;

const wantedGroup = (
  environment: string,
  key: string,
  kind: EmrClusterKind,
  part: keyof typeof PARTS,
): WantedGroup => ({
  name: `atmo-${environment}-${kind}-${part}-${key}`,
  // EC2 takes no apostrophes here.
  description: `ATMO ${environment}: ${PARTS[part]} of the ${kind === 'cluster' ? 'clusters' : 'runs'} of one person`,
  tags: { ...runTimeTags(environment), Person: key, Kind: kind, Part: part },
});

/** What EMR itself adds to its managed groups at a launch, here of one group in both roles. */
const withinNodes = (nodes: string): readonly GroupRule[] => [
  { ipProtocol: 'tcp', fromPort: 0, toPort: 65_535, from: nodes },
  { ipProtocol: 'udp', fromPort: 0, toPort: 65_535, from: nodes },
  { ipProtocol: 'icmp', fromPort: -1, toPort: -1, from: nodes },
];

/** EMR's ports in private subnets. It terminates a cluster whose service group lacks the rule about 9443. */
const fromService = (service: string): GroupRule => ({
  ipProtocol: 'tcp',
  fromPort: 8443,
  toPort: 8443,
  from: service,
});
const toService = (nodes: string): GroupRule => ({ ipProtocol: 'tcp', fromPort: 9443, toPort: 9443, from: nodes });

interface Ruled {
  readonly group: SecurityGroup;
  readonly rules: readonly GroupRule[];
}

const ruled = (nodes: SecurityGroup, service: SecurityGroup | undefined): readonly Ruled[] => {
  const nodesId = nodes.GroupId ?? '';
  if (service === undefined) return [{ group: nodes, rules: withinNodes(nodesId) }];
  return [
    { group: nodes, rules: [...withinNodes(nodesId), fromService(service.GroupId ?? '')] },
    { group: service, rules: [toService(nodesId)] },
  ];
};

/**
 * Security groups in the stage's VPC, found by their names and made at first use. Nothing is remembered between launches: a group that
 * was removed is made again, a rule that was revoked is added again.
 */
export const ec2ClusterNetwork = (
  { environment, emrVpcId, emrUsesServiceAccess }: ClusterNetworkSettings,
  { client = ec2Client(), pause }: ClusterNetworkOptions,
): ClusterNetwork => {
  const groups = ec2SecurityGroups(client, emrVpcId);
  const parts = emrUsesServiceAccess === 'true' ? (['nodes', 'service'] as const) : (['nodes'] as const);

  /** @returns whether all changes went through, so that the next look shows them */
  const complete = async (wanted: readonly WantedGroup[], found: readonly (SecurityGroup | undefined)[]) => {
    const missing = wanted.filter((_, index) => found[index] === undefined);
    const changes = missing.map((group) => groups.create(group));
    const [nodes, service] = found;
    if (missing.length === 0 && nodes !== undefined) {
      for (const { group, rules } of ruled(nodes, service)) {
        const lacking = missingRules(group, rules);
        if (lacking.length > 0) changes.push(groups.allow(group.GroupId ?? '', lacking));
      }
    }
    const results = await Promise.all(changes.map(unlessSettling));
    return { changed: results.length, isSettled: !results.includes(false) };
  };

  return {
    async groupsOf(ownerId, kind) {
      const key = personKey(ownerId);
      const wanted = parts.map((part) => wantedGroup(environment, key, kind, part));
      for (let pass = 1; pass <= PASSES; pass += 1) {
        const found = await groups.find(wanted);
        const { changed, isSettled } = await complete(wanted, found);
        const [nodes, service] = found;
        if (changed === 0 && nodes?.GroupId !== undefined)
          return { nodes: nodes.GroupId, serviceAccess: service?.GroupId ?? null };
        if (!isSettled) await pause(PAUSE_MS * pass);
      }
      throw new AwsFailed('EC2 does not show the security groups that it made. Try again later.', {
        names: wanted.map(({ name }) => name),
      });
    },
  };
};
