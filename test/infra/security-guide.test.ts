import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { ec2ClusterNetwork } from '../../functions/adapters/ec2-cluster-network.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { startEc2, VPC } from '../contract/ec2.ts';
import { privilegesTable } from './tables.ts';
import { readable, withoutHash } from './readable.ts';
import { synthesised } from './templates.ts';

const GUIDE = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8');

/** Everything that a stage may have: homes, and the way in for people and for EMR. */
const ALL: StageSettings = {
  emr: { sshRanges: ['203.0.113.0/24'], homeDirectories: 'efs' },
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0'],
    isPrivate: true,
  },
};

const ROLES: Readonly<Record<string, string>> = {
  'emr ClustersRolesService': 'EMR',
  'emr ClustersRolesCluster': 'nodes of clusters',
  'emr ClustersRolesJob': 'nodes of runs',
  'emr ServerlessJob': 'job runs on EMR Serverless',
  'portal RunRole': 'all runs',
};

const GROUPS: Readonly<Record<string, string>> = {
  ClustersNetworkSsh: 'ssh',
};

const plain = (text: string): string =>
  text
    .replaceAll('atmo-test-', 'atmo-<stage>-')
    .replaceAll('-<account>-<region>', '')
    .replaceAll('arn:aws:s3:::', '')
    .replaceAll(/<(?:\w[\w-]*:)?(\w+)\.Arn>/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', 'or')
    .trim();

/** `role · action · resource`, without the trust policies, which the reviewed table of privileges shows. */
const permissions = (): readonly string[] =>
  privilegesTable(synthesised(ALL))
    .split('\n\n')
    .flatMap((block) => {
      const [heading = '', ...lines] = block.trim().split('\n');
      const role = ROLES[heading];
      if (role === undefined) return [];
      return lines.flatMap((line) => {
        const [effect = '', action = '', ...resource] = plain(line).split(' ');
        return action === 'sts:AssumeRole'
          ? []
          : [
              `${role} · ${effect === 'managed' ? 'managed' : action} · ${effect === 'managed' ? action : resource.join(' ')}`,
            ];
      });
    });

const groupOf = (reference: unknown): string => {
  const id = readable(reference).replaceAll(/[<>]|\.GroupId/g, '');
  return GROUPS[withoutHash(id)] ?? id;
};

const portsOf = ({ IpProtocol, FromPort, ToPort }: Readonly<Record<string, unknown>>): string =>
  `${String(IpProtocol)} ${FromPort === ToPort ? String(FromPort) : `${String(FromPort)}-${String(ToPort)}`}`;

/** `group · ports · from whom`, of the groups that CloudFormation makes. */
const deployedRules = (): readonly string[] => {
  const { Resources } = synthesised(ALL).emr;
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    // A rule beside its group would be another row.
    expect(Type).not.toBe('AWS::EC2::SecurityGroupIngress');
    if (Type !== 'AWS::EC2::SecurityGroup') return [];
    return ((Properties['SecurityGroupIngress'] ?? []) as readonly Readonly<Record<string, unknown>>[]).map(
      (rule) =>
        `${GROUPS[withoutHash(id)] ?? id} · ${portsOf(rule)} · ${rule['CidrIp'] === undefined ? groupOf(rule['SourceSecurityGroupId']) : readable(rule['CidrIp'])}`,
    );
  });
};

/** The same of the groups that the portal makes for one person. */
const madeRules = async (): Promise<readonly string[]> => {
  const { client, store } = await startEc2();
  const settings = { environment: 'test', emrVpcId: VPC, emrUsesServiceAccess: 'true' };
  const network = ec2ClusterNetwork(settings, { client, pause: async () => undefined });
  for (const person of ['sub-alice', 'sub-bob']) {
    for (const kind of ['cluster', 'job'] as const) await network.groupsOf(person, kind);
  }
  const nameOf = (id: string): string => (store.get(id).tags['Part'] === 'nodes' ? 'nodes' : 'service access');
  return store.all().flatMap(({ id, tags, rules }) =>
    rules
      .filter(({ direction }) => direction === 'ingress')
      .map(({ ipProtocol, fromPort, toPort, groupId, cidr }) => {
        const ports = portsOf({ IpProtocol: ipProtocol, FromPort: fromPort, ToPort: toPort });
        const from = groupId === null ? undefined : store.get(groupId).tags;
        const isOwn = from?.['Person'] === tags['Person'] && from?.['Kind'] === tags['Kind'];
        return `${nameOf(id)} · ${ports} · ${isOwn ? nameOf(groupId ?? '') : `another’s ${groupId ?? cidr}`}`;
      }),
  );
};

/** The rows of the table under a heading: the code in its first three cells. */
const rowsUnder = (heading: string): readonly string[] =>
  (GUIDE.split(`### ${heading}\n`)[1] ?? '')
    .split('\n#', 1)
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => {
      const [who = [], what = [], where = []] = line
        .split('|')
        .slice(1, 4)
        .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
      return who.flatMap((one) => what.flatMap((two) => where.map((three) => `${one} · ${two} · ${three}`)));
    });

describe('the security guide', () => {
  it('names every permission of a role on EMR, and no other', () => {
    expect(rowsUnder('Roles').toSorted()).toEqual([...new Set(permissions())].toSorted());
  });

  it('names every port that a group opens, and to whom, and no other', async () => {
    const rules = [...deployedRules(), ...(await madeRules())];
    expect(rowsUnder('Groups').toSorted()).toEqual([...new Set(rules)].toSorted());
  });
});
