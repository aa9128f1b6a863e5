import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { EMULATOR_GAPS, passOverGaps } from '../../rehearsal/emulator-gaps.ts';

const allow = (condition: unknown) => ({
  Effect: 'Allow',
  Action: 'elasticmapreduce:RunJobFlow',
  Condition: condition,
});

let assembly = '';

beforeEach(() => {
  assembly = mkdtempSync(join(tmpdir(), 'atmo-assembly-'));
});

afterEach(() => rmSync(assembly, { recursive: true, force: true }));

const fitted = (template: unknown): unknown => {
  const file = join(assembly, 'portal.template.json');
  writeFileSync(file, JSON.stringify(template));
  passOverGaps(assembly, '/tls/ca.pem');
  return JSON.parse(readFileSync(file, 'utf8'));
};

describe('what the emulator lacks', () => {
  it('is covered by tests that there are', () => {
    const files = EMULATOR_GAPS.flatMap(({ what, coveredBy, why }) =>
      [...`${what} ${why} ${coveredBy}`.matchAll(/test\/[\w/.-]+\.(ts|py)/g)].map(([file]) => file),
    );
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(2);
  });

  it('leaves out one type of resource, and whatever waits for it waits no more', () => {
    const group = { Type: 'AWS::EC2::SecurityGroup', DependsOn: ['Rule', 'Table'] };
    const table = { Type: 'AWS::DynamoDB::Table', DependsOn: 'Rule' };
    expect(
      fitted({ Resources: { Rule: { Type: 'AWS::EC2::SecurityGroupIngress' }, Group: group, Table: table } }),
    ).toEqual({
      Resources: { Group: { Type: group.Type, DependsOn: ['Table'] }, Table: { Type: table.Type } },
    });
  });

  it('takes conditions on EMR’s tags from permissions, and no other condition', () => {
    const tag = { 'elasticmapreduce:RequestTag/Application': 'ATMO' };
    const service = { 'iam:PassedToService': 'ec2.amazonaws.com' };
    const policy = {
      Type: 'AWS::IAM::Policy',
      Statement: [
        allow({ StringEquals: tag }),
        allow({ StringEquals: { ...tag, ...service } }),
        allow({ StringEquals: service }),
      ],
    };
    expect(fitted({ Resources: { Policy: policy } })).toEqual({
      Resources: {
        Policy: {
          Type: policy.Type,
          Statement: [
            { Effect: 'Allow', Action: 'elasticmapreduce:RunJobFlow' },
            allow({ StringEquals: service }),
            allow({ StringEquals: service }),
          ],
        },
      },
    });
  });
});
