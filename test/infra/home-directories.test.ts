import { describe, expect, it } from 'vitest';

import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { isAllowed, type AccessRequest, type Statement } from './iam.ts';
import { privilegesTable } from './tables.ts';
import { synthesised } from './templates.ts';

const NETWORK = {
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  },
} as const satisfies StageSettings;
const HOMES: StageSettings = { ...NETWORK, emr: { homeDirectories: 'efs' } };

const linesOf = (settings: StageSettings): readonly string[] =>
  privilegesTable(synthesised(settings))
    .split('\n\n')
    .flatMap((block) => {
      const [role = '', ...lines] = block.trimEnd().split('\n');
      return lines.map((line) => `${role}:${line}`);
    });

const statementsOf = (feature: string): readonly Statement[] => {
  const { Resources } = synthesised(HOMES).portal;
  const roles = Object.keys(Resources).filter((id) => id.startsWith(`Functions${feature}Role`));
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .filter(({ Properties }) => roles.some((id) => JSON.stringify(Properties['Roles']).includes(`"${id}"`)))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement);
};

const OURS = { Application: 'ATMO', Environment: 'test', MadeBy: 'portal' };
const tags = (of: 'RequestTag' | 'ResourceTag', changes: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries({ ...OURS, ...changes }).map(([key, value]) => [`aws:${of}/${key}`, value]));
const FILE_SYSTEM = 'arn:aws:elasticfilesystem:<region>:<account>:file-system/fs-1';
const ec2 = (resource: string): string => `arn:aws:ec2:<region>:<account>:${resource}`;

const create = (context: Readonly<Record<string, string>>): AccessRequest => ({
  action: 'elasticfilesystem:CreateFileSystem',
  resource: FILE_SYSTEM,
  context: { 'elasticfilesystem:Encrypted': 'true', ...context },
});
const tag = (context: Readonly<Record<string, string>>): AccessRequest => ({
  action: 'elasticfilesystem:TagResource',
  resource: FILE_SYSTEM,
  context,
});
const mount = (context: Readonly<Record<string, string>>): AccessRequest => ({
  action: 'elasticfilesystem:CreateMountTarget',
  resource: FILE_SYSTEM,
  context,
});
const networkInterface = (resource: string, context: Readonly<Record<string, string>> = {}): AccessRequest => ({
  action: 'ec2:CreateNetworkInterface',
  resource: ec2(resource),
  context,
});

describe('the permissions for homes', () => {
  it('are exactly these, beside those of a stage without', async () => {
    const without = new Set(linesOf(NETWORK));
    const added = linesOf(HOMES).filter((line) => !without.has(line));
    expect(linesOf(HOMES).length - added.length).toBe(without.size);
    await expect(`${added.join('\n')}\n`).toMatchFileSnapshot('tables/homes.txt');
  });

  it.each(['clusters', 'upkeep'])(
    'let %s make and mount what carries the portal’s tags, and nothing else',
    (feature) => {
      const statements = statementsOf(feature);
      const allowed = (request: AccessRequest): boolean => isAllowed(statements, request);
      const created = { 'elasticfilesystem:CreateAction': 'CreateFileSystem' };
      const used = { 'aws:TagKeys': 'LastUsed' };
      expect(
        [
          create(tags('RequestTag')),
          tag({ ...created, ...tags('RequestTag') }),
          tag({ ...used, ...tags('ResourceTag') }),
          mount(tags('ResourceTag')),
          networkInterface('subnet/subnet-0123456789abcdef1'),
          networkInterface('security-group/sg-1', tags('ResourceTag')),
          networkInterface('network-interface/eni-1'),
        ].map(allowed),
      ).toEqual(Array.from({ length: 7 }, () => true));
      const refused = [
        create({}),
        create(tags('RequestTag', { Environment: 'prod' })),
        { ...create(tags('RequestTag')), context: { ...tags('RequestTag'), 'elasticfilesystem:Encrypted': 'false' } },
        tag(tags('RequestTag')),
        tag({ ...tags('ResourceTag'), 'aws:TagKeys': 'MadeBy' }),
        tag({ ...used, ...tags('ResourceTag', { Environment: 'prod' }) }),
        mount(tags('ResourceTag', { Environment: 'prod' })),
        mount({}),
        networkInterface('subnet/subnet-0123456789abcdef9'),
        networkInterface('security-group/sg-1', tags('ResourceTag', { MadeBy: 'hand' })),
        { action: 'elasticfilesystem:DeleteFileSystem', resource: FILE_SYSTEM, context: tags('ResourceTag') },
        { action: 'elasticfilesystem:PutFileSystemPolicy', resource: FILE_SYSTEM, context: tags('ResourceTag') },
      ];
      expect(refused.filter(allowed)).toEqual([]);
    },
  );

  it('let the upkeep alone unmount, in this VPC', () => {
    const remove = (context: Readonly<Record<string, string>>): AccessRequest => ({
      action: 'elasticfilesystem:DeleteMountTarget',
      resource: FILE_SYSTEM,
      context,
    });
    const detach = (vpc: string): AccessRequest => ({
      action: 'ec2:DeleteNetworkInterface',
      resource: ec2('network-interface/eni-1'),
      context: { 'ec2:Vpc': ec2(`vpc/${vpc}`) },
    });
    const asked = [
      remove(tags('ResourceTag')),
      detach('vpc-0123456789abcdef0'),
      remove(tags('ResourceTag', { MadeBy: 'hand' })),
      detach('vpc-0123456789abcdef1'),
    ];
    expect(asked.map((request) => isAllowed(statementsOf('upkeep'), request))).toEqual([true, true, false, false]);
    expect(asked.map((request) => isAllowed(statementsOf('clusters'), request))).toEqual([false, false, false, false]);
  });

  it('are none for nodes: the network is the only way to a home', () => {
    expect(linesOf(HOMES).filter((line) => line.startsWith('emr ') && /elasticfilesystem/.test(line))).toEqual([]);
    const types = Object.values(synthesised(HOMES).emr.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::EFS'))).toEqual([]);
  });

  it('are told to the functions that launch clusters', () => {
    const told = (settings: StageSettings) =>
      Object.values(synthesised(settings).portal.Resources).flatMap(({ Properties }) => {
        const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
        return ENVIRONMENT.homeDirectories in Variables ? [Variables[ENVIRONMENT.homeDirectories]] : [];
      });
    expect(told(HOMES)).toEqual(['efs', 'efs']);
    expect(told(NETWORK)).toEqual(['', '']);
  });
});
