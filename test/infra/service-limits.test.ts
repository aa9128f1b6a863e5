import { describe, expect, it } from 'vitest';

import { InvalidStage, readStageConfig } from '../../infra/stage-config.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { readable } from './readable.ts';
import { synthesised, type Resource } from './templates.ts';

/** With the longest name that a stage may have. */
const STAGE = 'a'.repeat(14);

const group = (index: number): string => `${index}`.padEnd(36, '0');

/** A stage with everything, in names and addresses of usual length, and so many groups that may sign in. */
const stage = (groups: number): StageSettings => ({
  companyDomain: 'a-company.example.com',
  allowedRemoteGroups: Array.from({ length: groups }, (_, index) => group(index)),
  mail: { from: 'atmo@a-company.example.com', serviceAddress: 'atmo-service@a-company.example.com' },
  customDomain: {
    name: 'atmo.a-company.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0',
  },
  hourlyCostLimit: 1000,
  emr: { homeDirectories: 'efs', sshRanges: ['203.0.113.0/24'], keyPair: 'operators-of-the-data-platform' },
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: Array.from({ length: 6 }, (_, index) => `subnet-0123456789abcde0${index}`),
    isPrivate: true,
  },
});

const isDeployable = (settings: StageSettings): boolean => {
  try {
    readStageConfig(STAGE, { [STAGE]: settings });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidStage);
    expect(String(error)).toContain('allowedRemoteGroups, accountingTags, helpLinks');
    return false;
  }
};

/** How long AWS makes what it fills in: ids have fixed lengths, generated names of roles and queues a most. */
const FILLED_IN: readonly (readonly [RegExp, number])[] = [
  [/^<region>$/, 'ap-southeast-1'.length],
  [/^<account>$/, 12],
  [/DomainName>$/, 'd111111abcdef8.cloudfront.net'.length],
  [/(Subnet\w*|Vpc|GroupId|UserPool|Client)>$/, 26],
  [/OriginKey>$/, 36],
  [/Undelivered\w*\.Arn>$/, 'arn:aws:sqs:ap-southeast-1:123456789012:'.length + 80],
  [/\.Arn>$/, 'arn:aws:iam::123456789012:role/'.length + 64],
  [/^/, 64],
];

const filledIn = (text: string): string =>
  text.replaceAll(/<[^<>]*>/g, (part) => 'x'.repeat(FILLED_IN.find(([kind]) => kind.test(part))?.[1] ?? 0));

const portalOf = (settings: StageSettings): readonly Resource[] =>
  Object.values(synthesised(settings, STAGE).portal.Resources);

const environmentsOf = (settings: StageSettings) =>
  portalOf(settings).flatMap(({ Properties }) => {
    const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Readonly<Record<string, unknown>> };
    const bytes = Object.entries(Variables).map(([name, value]) => Buffer.byteLength(name + filledIn(readable(value))));
    return 'ATMO_ENVIRONMENT' in Variables
      ? [{ name: Properties['FunctionName'], size: bytes.reduce((sum, size) => sum + size) }]
      : [];
  });

const isFilledIn = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && /^(Ref|Fn::\w+)$/.test(Object.keys(value).join(' '));

/** As IAM counts: without white space. */
const policiesOf = (settings: StageSettings) =>
  portalOf(settings)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties: { PolicyName, PolicyDocument } }) => ({
      name: readable(PolicyName),
      size: JSON.stringify(PolicyDocument, (_, value: unknown) =>
        isFilledIn(value) ? filledIn(readable(value)) : value,
      ).length,
    }));

describe('a stage with the longest name, everything switched on and as much listed as a synthesis takes', () => {
  const most = Array.from({ length: 100 }, (_, groups) => stage(groups)).findLast(isDeployable) ?? {};

  it('lists enough groups for a company', () => {
    expect(most.allowedRemoteGroups?.length).toBeGreaterThan(25);
  });

  it('has functions whose environment Lambda takes: 4 kB', () => {
    const environments = environmentsOf(most);
    expect(environments).toHaveLength(10);
    expect(environments.filter(({ size }) => size > 4096)).toEqual([]);
  });

  it('has roles whose policy IAM takes: 10,240 characters', () => {
    const policies = policiesOf(most);
    expect(policies.length).toBeGreaterThan(10);
    expect(policies.filter(({ size }) => size > 10_240)).toEqual([]);
  });
});
