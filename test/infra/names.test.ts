import { describe, expect, it } from 'vitest';

import { readStageConfig } from '../../infra/stage-config.ts';
import { physicalNames } from './physical-names.ts';
import { columns } from './readable.ts';
import { synthesised } from './templates.ts';

const ONE = 'one';
const OTHER = 'other';

/** Services whose names are one set in an account, whatever the Region; buckets are one set for everybody. */
const GLOBAL = /^AWS::(CloudFront|IAM|S3)::/;

/** The longest that each service takes, from its API reference. */
const LONGEST: Readonly<Record<string, number>> = {
  'AWS::ApiGatewayV2::Api': 128,
  'AWS::CloudFront::CachePolicy': 128,
  'AWS::CloudFront::Function': 64,
  'AWS::CloudFront::OriginAccessControl': 64,
  'AWS::CloudFront::ResponseHeadersPolicy': 128,
  'AWS::CloudWatch::Alarm': 255,
  'AWS::CloudWatch::Dashboard': 255,
  'AWS::Cognito::UserPool': 128,
  'AWS::Cognito::UserPoolClient': 128,
  'AWS::Cognito::UserPoolDomain': 63,
  'AWS::DynamoDB::GlobalTable': 255,
  'AWS::EMR::SecurityConfiguration': 10_280,
  'AWS::IAM::InstanceProfile': 128,
  'AWS::IAM::Role': 64,
  'AWS::Lambda::Function': 64,
  'AWS::Logs::LogGroup': 512,
  'AWS::S3::Bucket': 63,
  'AWS::Scheduler::ScheduleGroup': 64,
  'AWS::StepFunctions::StateMachine': 80,
};

/** Of all Regions of all partitions; no commercial one is longer than `ap-northeast-1`. */
const LONGEST_REGION = 'us-isof-south-1';

const isDeployable = (name: string): boolean => {
  try {
    readStageConfig(name, { [name]: {} });
    return true;
  } catch {
    return false;
  }
};

const [one, other] = [physicalNames(synthesised({}, ONE)), physicalNames(synthesised({}, OTHER))];

describe('the names of two stages', () => {
  it('are these, side by side', async () => {
    const rows = one.map(({ type, id, name }, index) => [type, id, name, other[index]?.name ?? '(none)']);
    const table = columns([['type', 'resource', `stage ${ONE}`, `stage ${OTHER}`], ...rows]);
    await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('./tables/names.txt');
  });

  it('have none in common, within a type', () => {
    const taken = new Set(one.map(({ type, name }) => `${type} ${name}`));
    expect(other.filter(({ type, name }) => taken.has(`${type} ${name}`))).toEqual([]);
    expect(other.length).toBeGreaterThan(30);
  });

  it('have none in common where one stage is named as the other and a word of its names', () => {
    const parts = one.map(({ type, name }) => ({ type, part: name.split(`atmo-${ONE}-`)[1] ?? '' }));
    const mistakable = parts.flatMap(({ type, part }) =>
      parts
        .filter((shorter) => shorter.type === type && shorter.part !== '' && part.endsWith(`-${shorter.part}`))
        .map((shorter) => part.slice(0, -shorter.part.length - 1))
        // A stage's name has no room for CloudFormation's own parts.
        .map((word) => `${ONE}-${word}`),
    );
    const deployable = mistakable.filter((name) => isDeployable(name));
    expect(deployable).toEqual([]);
    expect(mistakable).toContain(`${ONE}-public`);
  });

  it('name the Region where an account has one set of names for all Regions', () => {
    const inAccount = one.filter(({ type }) => GLOBAL.test(type));
    expect(inAccount.filter(({ name }) => !name.includes('<region>'))).toEqual([]);
    expect(inAccount.length).toBeGreaterThan(10);
  });
});

describe('the longest name of a stage', () => {
  it('fits in the Region with the longest name', () => {
    const names = physicalNames(synthesised({}, 'a'.repeat(14))).map(({ type, name }) => ({
      type,
      name: name.replaceAll('<region>', LONGEST_REGION).replaceAll('<account>', '123456789012'),
    }));
    expect(names.filter(({ type }) => LONGEST[type] === undefined)).toEqual([]);
    expect(names.filter(({ type, name }) => name.length > (LONGEST[type] ?? 0))).toEqual([]);
    const tightest = names.find(({ type, name }) => type === 'AWS::S3::Bucket' && name.includes('public-results'));
    expect(tightest?.name).toHaveLength(63);
  });
});

describe('the instances of EMR', () => {
  it.each(['cluster', 'job'])('have a profile and a role of one name, as EMR’s guide asks (%s)', (kind) => {
    const named = one.filter(({ name }) => name.endsWith(`-${kind}-node`));
    expect(named.map(({ type }) => type)).toEqual(['AWS::IAM::Role', 'AWS::IAM::InstanceProfile']);
    expect(new Set(named.map(({ name }) => name)).size).toBe(1);
  });
});
