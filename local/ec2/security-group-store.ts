import { randomBytes } from 'node:crypto';

import * as z from 'zod';

import { AwsError } from '../aws-json.ts';
import { openStateFile, type StateFile } from '../state-file.ts';
import { EVERYTHING_OUT, isSameRule, SecurityGroup, type Rule } from './security-group.ts';

/** What CloudFormation has made of a network. */
export interface DeployedNetwork {
  readonly vpcs: readonly { readonly id: string; readonly cidr: string }[];
  readonly subnets: readonly { readonly id: string; readonly vpcId: string; readonly zone: string }[];
  readonly groups: readonly SecurityGroup[];
}

/** AWS's defaults. */
const QUOTAS = { groupsPerVpc: 2500, rulesPerGroup: 60 };

interface StoreOptions {
  readonly quotas?: Partial<typeof QUOTAS>;
  /** How many descriptions do not show a new group yet: EC2 is eventually consistent. */
  readonly looksUntilShown?: number;
}

/** Security groups of this machine: those of the deployment, and those made since, which outlast a restart. */
export class SecurityGroupStore {
  readonly network: DeployedNetwork;
  readonly #state: StateFile<{ groups: SecurityGroup[] }>;
  readonly #made: Map<string, SecurityGroup>;
  readonly #quotas: typeof QUOTAS;
  readonly #looksUntilShown: number;
  readonly #hidden = new Map<string, number>();

  constructor(file: string, network: DeployedNetwork, { quotas, looksUntilShown = 0 }: StoreOptions = {}) {
    this.network = network;
    this.#state = openStateFile(file, z.object({ groups: z.array(SecurityGroup) }), { groups: [] });
    this.#made = new Map(this.#state.value.groups.map((group) => [group.id, group]));
    this.#quotas = { ...QUOTAS, ...quotas };
    this.#looksUntilShown = looksUntilShown;
  }

  all(): SecurityGroup[] {
    return [...this.network.groups, ...this.#made.values()];
  }

  /** As a description shows them. */
  shown(): SecurityGroup[] {
    return this.all().filter(({ id }) => {
      const looks = this.#hidden.get(id) ?? 0;
      if (looks > 0) this.#hidden.set(id, looks - 1);
      return looks === 0;
    });
  }

  find(id: string): SecurityGroup | undefined {
    return this.all().find((group) => group.id === id);
  }

  /** @throws AwsError */
  get(id: string): SecurityGroup {
    const group = this.find(id);
    if (group === undefined) throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
    return group;
  }

  /** @throws AwsError */
  create(group: Omit<SecurityGroup, 'id' | 'rules'>): SecurityGroup {
    const { name, vpcId } = group;
    if (!this.network.vpcs.some(({ id }) => id === vpcId))
      throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`);
    const inVpc = this.all().filter((other) => other.vpcId === vpcId);
    if (inVpc.some((other) => other.name === name))
      throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
    if (inVpc.length >= this.#quotas.groupsPerVpc)
      throw new AwsError(
        'SecurityGroupLimitExceeded',
        `The maximum number of security groups for VPC '${vpcId}' has been reached.`,
      );
    const created = { ...group, id: `sg-${randomBytes(9).toString('hex').slice(0, 17)}`, rules: [EVERYTHING_OUT] };
    this.#hidden.set(created.id, this.#looksUntilShown);
    this.#keep(created);
    return created;
  }

  /** All rules or none. @throws AwsError */
  addRules(id: string, rules: readonly Rule[]): void {
    const group = this.get(id);
    for (const rule of rules) {
      if (rule.groupId !== null) this.get(rule.groupId);
      if (group.rules.some((present) => isSameRule(present, rule)))
        throw new AwsError(
          'InvalidPermission.Duplicate',
          `the specified rule "peer: ${rule.groupId ?? rule.cidr ?? ''}, ${rule.ipProtocol.toUpperCase()}, from port: ${rule.fromPort}, to port: ${rule.toPort}, ALLOW" already exists`,
        );
    }
    for (const direction of ['ingress', 'egress'] as const) {
      const count = [...group.rules, ...rules].filter((rule) => rule.direction === direction).length;
      if (count > this.#quotas.rulesPerGroup)
        throw new AwsError(
          'RulesPerSecurityGroupLimitExceeded',
          'The maximum number of rules per security group has been reached.',
        );
    }
    this.#keep({ ...group, rules: [...group.rules, ...rules] });
  }

  /** @throws AwsError */
  removeRules(id: string, rules: readonly Rule[]): void {
    const group = this.get(id);
    const missing = rules.find((rule) => !group.rules.some((present) => isSameRule(present, rule)));
    if (missing !== undefined)
      throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
    this.#keep({ ...group, rules: group.rules.filter((rule) => !rules.some((gone) => isSameRule(gone, rule))) });
  }

  /** @throws AwsError */
  tag(id: string, tags: Readonly<Record<string, string>>): void {
    const group = this.get(id);
    this.#keep({ ...group, tags: { ...group.tags, ...tags } });
  }

  /** @throws AwsError where another group or something else still refers to it */
  delete(id: string, isInUse: (id: string) => boolean): void {
    const { id: known } = this.get(id);
    const isNamed = this.all().some(
      (other) => other.id !== known && other.rules.some((rule) => rule.groupId === known),
    );
    if (isNamed || isInUse(known))
      throw new AwsError('DependencyViolation', `resource ${known} has a dependent object`);
    if (!this.#made.delete(known)) throw new AwsError('CannotDelete', `${known} belongs to the deployment.`);
    this.#write();
  }

  #keep(group: SecurityGroup): void {
    if (this.network.groups.some(({ id }) => id === group.id))
      throw new AwsError('UnsupportedOperation', `${group.id} belongs to the deployment, which alone changes it here.`);
    this.#made.set(group.id, group);
    this.#write();
  }

  #write(): void {
    this.#state.write({ groups: [...this.#made.values()] });
  }
}
