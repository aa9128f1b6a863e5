import { isOpenTo, type Rule } from './security-group.ts';
import type { SecurityGroupStore } from './security-group-store.ts';

/** `Instances` of a launch, with the groups in it. */
type LaunchInstances = Readonly<Record<string, unknown>>;

/** What EMR does with the network of a cluster before it starts instances. */
export interface LaunchNetwork {
  /** Adds the rules that EMR adds. @returns why EMR ends the cluster instead, or null */
  prepare(instances: LaunchInstances): string | null;
}

const GROUPS = [
  'EmrManagedMasterSecurityGroup',
  'EmrManagedSlaveSecurityGroup',
  'ServiceAccessSecurityGroup',
  'AdditionalMasterSecurityGroups',
  'AdditionalSlaveSecurityGroups',
];

export const groupIdsOf = (instances: LaunchInstances): string[] =>
  GROUPS.flatMap((name) => instances[name]).filter((id) => typeof id === 'string');

/** Without it the managed policy lets EMR's service role do nothing with a group. */
const TAG = 'for-use-with-amazon-emr-managed-policies';

const WITHIN = [
  { ipProtocol: 'tcp', fromPort: 0, toPort: 65_535 },
  { ipProtocol: 'udp', fromPort: 0, toPort: 65_535 },
  { ipProtocol: 'icmp', fromPort: -1, toPort: -1 },
];

/**
 * As EMR documents it: managed groups are named all or none, missing inbound rules between them are added, and in private subnets the
 * service group must have its rule about 9443 already.
 */
export const launchNetwork = (store: SecurityGroupStore): LaunchNetwork => ({
  prepare(instances) {
    const { EmrManagedMasterSecurityGroup: master, EmrManagedSlaveSecurityGroup: slave } = instances;
    const { ServiceAccessSecurityGroup: service } = instances;
    if (typeof master !== typeof slave) return 'You must specify both managed security groups, or none.';
    for (const id of groupIdsOf(instances)) {
      const group = store.find(id);
      if (group === undefined) return `The security group '${id}' does not exist`;
      if (group.tags[TAG] !== 'true') return 'Service role has insufficient EC2 permissions';
    }
    if (typeof master !== 'string' || typeof slave !== 'string') return null;
    if (typeof service === 'string' && !isOpenTo(store.get(service), master, 'tcp', 9443))
      return 'ServiceAccessSecurityGroup is missing ingress rule from EmrManagedMasterSecurityGroup on port 9443';
    for (const to of new Set([master, slave])) {
      for (const groupId of new Set([master, slave])) {
        const missing = WITHIN.filter(
          ({ ipProtocol, toPort }) => !isOpenTo(store.get(to), groupId, ipProtocol, toPort),
        );
        const rules = missing.map((rule): Rule =>
          Object.assign({ direction: 'ingress' as const, groupId, cidr: null }, rule),
        );
        if (rules.length > 0) store.addRules(to, rules);
      }
    }
    return null;
  },
});
