import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { EMULATOR_GAPS, passOverGaps, REHEARSED_WHEELS } from '../../rehearsal/emulator-gaps.ts';

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
      fitted({ Resources: { Rule: { Type: 'AWS::EMR::SecurityConfiguration' }, Group: group, Table: table } }),
    ).toEqual({
      Resources: { Group: { Type: group.Type, DependsOn: ['Table'] }, Table: { Type: table.Type } },
    });
  });

  it('keeps every condition of a permission, which the emulator evaluates', () => {
    const policy = {
      Type: 'AWS::IAM::Policy',
      Statement: [
        allow({ StringEquals: { 'elasticmapreduce:RequestTag/Application': 'ATMO' } }),
        allow({ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }),
      ],
    };
    expect(fitted({ Resources: { Policy: policy } })).toEqual({ Resources: { Policy: policy } });
  });

  it('collects one set of Python packages and leaves the others empty', () => {
    const file = join(assembly, 'emr.assets.json');
    const set = (...words: string[]) => ({ source: { executable: ['node', 'collect.ts', ...words] } });
    writeFileSync(file, JSON.stringify({ files: { one: set(...REHEARSED_WHEELS), other: set('emr-7.x') } }));
    fitted({ Resources: {} });
    const { files } = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, ReturnType<typeof set>> };
    expect(files['one']).toEqual(set(...REHEARSED_WHEELS));
    expect(files['other']?.source.executable.at(-1)).toMatch(/empty-archive\.ts$/);
  });
});
