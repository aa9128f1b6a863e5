import { describe, expect, it } from 'vitest';

import { defaultSettings, readStageConfig } from '../../infra/stage-config.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { privilegesTable } from './tables.ts';
import { synthesised, type Resource } from './templates.ts';

const emr = (settings: StageSettings = {}) => synthesised(settings).emr.Resources;

const ofType = (type: string, resources = emr()): readonly [string, Resource][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

const roleId = (kind: 'Cluster' | 'Job'): string => {
  const found = ofType('AWS::IAM::Role').find(([id]) => id.startsWith(`ClustersRoles${kind}`));
  if (found === undefined) throw new Error(`No role of instances of a ${kind}`);
  return found[0];
};

/** What the instances of a kind may do, as `action resource`. */
const permissionsOf = (kind: 'Cluster' | 'Job', settings: StageSettings = {}): string =>
  JSON.stringify(
    ofType('AWS::IAM::Policy', emr(settings))
      .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']).includes(`"${roleId(kind)}"`))
      .map(([, { Properties }]) => Properties['PolicyDocument']),
  );

describe('the nodes of clusters and runs', () => {
  it.each(['Cluster', 'Job'] as const)('of a %s reach nothing of the portal’s but scripts, and put logs', (kind) => {
    const permissions = permissionsOf(kind);
    for (const purpose of ['notebooks', 'results', 'public-results', 'uploads'])
      expect(permissions).not.toContain(`atmo-test-${purpose}-`);
    expect(permissions).not.toMatch(/s3:Delete|sts:|dynamodb:/);
    expect(permissions).toContain('atmo-test-emr-');
    expect(permissions).toContain(kind === 'Cluster' ? '/clusters/*' : '/jobs/*');
    expect(permissions).not.toContain(kind === 'Cluster' ? '/jobs/*' : '/clusters/*');
  });

  it('may use the data that the settings name, as jobs may', () => {
    const arn = 'arn:aws:iam::123456789012:policy/telemetry-read';
    const roles = ofType('AWS::IAM::Role', emr({ emr: { dataPolicyArns: [arn] } }));
    const withData = roles.filter(([, { Properties }]) =>
      JSON.stringify(Properties['ManagedPolicyArns'])?.includes(arn),
    );
    expect(withData.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'ClustersRolesCluster',
      'ClustersRolesJob',
      'ServerlessJob',
      'ServerlessSession',
    ]);
  });
});

describe('the security configuration of a stage', () => {
  const configurationOf = (settings: StageSettings): Resource['Properties'] => {
    const [[, found] = []] = ofType('AWS::EMR::SecurityConfiguration', emr(settings));
    return found?.Properties ?? {};
  };
  const imds = { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 };
  const diskKeyArn = 'arn:aws:kms:us-west-2:123456789012:key/0123';

  it('lets the metadata of an instance out by IMDSv2 only, and one hop far', () => {
    expect(configurationOf({})['SecurityConfiguration']).toEqual({ InstanceMetadataServiceConfiguration: imds });
  });

  it('encrypts disks with the key that the settings name, which EMR and nodes may use', () => {
    const settings = { emr: { diskKeyArn } };
    expect(configurationOf(settings)['SecurityConfiguration']).toEqual({
      InstanceMetadataServiceConfiguration: imds,
      EncryptionConfiguration: {
        EnableInTransitEncryption: false,
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: {
          LocalDiskEncryptionConfiguration: {
            EncryptionKeyProviderType: 'AwsKms',
            AwsKmsKey: diskKeyArn,
            EnableEbsEncryption: true,
          },
        },
      },
    });
    const blocks = privilegesTable(synthesised(settings)).split('\n\n');
    const allowed = blocks.filter((block) => block.includes(`kms:CreateGrant`)).map((block) => block.split('\n')[0]);
    expect(allowed).toEqual(['emr ClustersRolesCluster', 'emr ClustersRolesJob', 'emr ClustersRolesService']);
  });

  it('is another one when it says something else: it cannot be changed, and running clusters keep theirs', () => {
    expect(configurationOf({})['Name']).toMatch(/^atmo-test-nodes-[0-9a-f]{8}$/);
    expect(configurationOf({})['Name']).not.toBe(configurationOf({ emr: { diskKeyArn } })['Name']);
  });

  it('is the one that every launch names', () => {
    const named = Object.values(synthesised().portal.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables)
      .filter((variables) => ENVIRONMENT.emrScriptsUri in variables)
      .map((variables) => variables[ENVIRONMENT.emrSecurityConfiguration]);
    expect(named).toHaveLength(3);
    expect(new Set(named)).toEqual(new Set([configurationOf({})['Name']]));
  });
});

describe('who asks for the credentials of a run', () => {
  it('must prove to be an instance of its cluster, by the role that nodes of runs have', () => {
    const settings = Object.values(synthesised().portal.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables)
      .filter((variables) => ENVIRONMENT.requiresCallerProof in variables);
    expect(settings).toHaveLength(1);
    expect(settings[0]?.['POWERTOOLS_SERVICE_NAME']).toBe('runs');
    expect(settings[0]?.[ENVIRONMENT.requiresCallerProof]).toBe('true');
    const [, job] = ofType('AWS::IAM::Role').find(([id]) => id === roleId('Job')) ?? [];
    // STS names the role, EMR the profile: they have one name.
    const profiles = ofType('AWS::IAM::InstanceProfile').map(([, { Properties }]) => Properties['InstanceProfileName']);
    expect(profiles).toContainEqual(job?.Properties['RoleName']);
    expect(JSON.stringify(settings[0]?.[ENVIRONMENT.emrJobInstanceProfile])).toContain('RolesJobProfile');
  });
});

describe('the default engine of a stage', () => {
  it.each([
    ['serverless', 'us-west-2', {}],
    ['cluster', 'us-west-2', { emr: { serverless: { isEnabled: false } } }],
  ] as const)('is %s in %s with %j, until an admin chooses another', (engine, region, stage) => {
    const settings = defaultSettings(readStageConfig('one', { one: stage }, region));
    expect(JSON.parse(settings)).toMatchObject({ defaultEngine: engine });
  });
});
