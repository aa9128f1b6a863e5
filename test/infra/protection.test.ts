import { describe, expect, it } from 'vitest';

import { TABLE_INDEXES, TABLE_KEYS, TABLE_TTL } from '../../shared/contract/table.ts';
import { PERIODIC_TASKS, periodOf, type PeriodicTask } from '../../shared/contract/upkeep.ts';
import { routes } from '../../shared/contract/api.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { STACKS, synthesised, type Resource, type StackName } from './templates.ts';

const templates = synthesised();

const all = (...types: string[]): readonly { stack: StackName; id: string; resource: Resource }[] =>
  STACKS.flatMap((stack) =>
    Object.entries(templates[stack].Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, resource]) => ({ stack, id, resource })),
  );

const propertiesOf = (...types: string[]): readonly Readonly<Record<string, unknown>>[] =>
  all(...types).map(({ resource }) => resource.Properties);

describe('the table', () => {
  const [table] = all('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');

  it('outlives its stack and can be restored', () => {
    expect(table?.resource.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(table?.resource.UpdateReplacePolicy).toBe('Retain');
    const properties = JSON.stringify(table?.resource.Properties);
    expect(properties).toContain('"PointInTimeRecoveryEnabled":true');
    expect(properties).toContain('"BillingMode":"PAY_PER_REQUEST"');
  });

  it('deletes what has had its time', () => {
    expect(table?.resource.Properties['TimeToLiveSpecification']).toEqual({ AttributeName: TABLE_TTL, Enabled: true });
  });

  it('has the keys and indexes that the functions name', () => {
    const properties = JSON.stringify(table?.resource.Properties);
    const names = Object.values({ TABLE_KEYS, ...TABLE_INDEXES })
      .flatMap((keys) => Object.values(keys))
      .filter((name) => name !== null);
    for (const name of [...names, ...Object.keys(TABLE_INDEXES)]) expect(properties).toContain(`"${name}"`);
  });
});

describe('protection against deletion', () => {
  /** The properties of table and user pool that refuse a deletion, by whomever. */
  const protectionIn = (settings: StageSettings): readonly string[] =>
    [...JSON.stringify(synthesised(settings)).matchAll(/"DeletionProtection(?:Enabled)?":"?(\w+)/g)].map(
      ([, value = '']) => value,
    );

  it('is off for a first deployment: what refuses to be deleted cannot be rolled back, nor deployed again', () => {
    expect(new Set(protectionIn({}))).toEqual(new Set(['false', 'INACTIVE']));
  });

  it('is on where the settings say so', () => {
    expect(new Set(protectionIn({ deletionProtection: true }))).toEqual(new Set(['true', 'ACTIVE']));
  });

  it('by a deletion policy does not outlast a first deployment that failed', () => {
    const policies = STACKS.flatMap((stack) => Object.values(templates[stack].Resources))
      // The log of the CDK’s own function, whose name is never the same twice.
      .filter(({ Type }) => Type !== 'AWS::Logs::LogGroup')
      .map(({ DeletionPolicy }) => DeletionPolicy);
    expect(policies).toContain('RetainExceptOnCreate');
    expect(policies).not.toContain('Retain');
  });
});

describe('every bucket', () => {
  it.each(all('AWS::S3::Bucket').map(({ id, resource }) => [id, resource.Properties] as const))(
    '%s is private and encrypted',
    (_, properties) => {
      expect(properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(properties['BucketEncryption']).toBeDefined();
    },
  );

  it('is reached by TLS only', () => {
    const buckets = all('AWS::S3::Bucket');
    const policies = all('AWS::S3::BucketPolicy').map(({ resource }) => JSON.stringify(resource.Properties));
    for (const { id } of buckets) {
      const policy = policies.find((text) => text.includes(`{"Bucket":{"Ref":"${id}"}`));
      expect(policy, id).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
    }
  });

  it('that runs or nodes write keeps what they overwrite or delete for a month', () => {
    const kept = all('AWS::S3::Bucket')
      .map(({ resource }) => resource.Properties)
      .filter((properties) => JSON.stringify(properties['VersioningConfiguration'] ?? '').includes('Enabled'))
      .filter((properties) =>
        JSON.stringify(properties).includes('"NoncurrentVersionExpiration":{"NoncurrentDays":30}'),
      )
      .map((properties) => /atmo-test-([a-z-]+?)-"/.exec(JSON.stringify(properties['BucketName']))?.[1]);
    expect(new Set(kept)).toEqual(new Set(['logs', 'public-results', 'results']));
  });

  it('with what people made outlives its stack', () => {
    const kept = all('AWS::S3::Bucket').filter(({ stack }) => stack === 'storage');
    const lost = kept
      .filter(({ resource }) => resource.DeletionPolicy !== 'RetainExceptOnCreate')
      .map(({ resource }) => JSON.stringify(resource.Properties['BucketName']));
    // An upload that no job named within a day is nobody's any more.
    expect(lost.filter((name) => !name.includes('uploads') && !name.includes('-emr-'))).toEqual([]);
  });
});

describe('whatever AWS delivers', () => {
  it('is retried, and ends in the dead-letter queue', () => {
    for (const properties of propertiesOf('AWS::Scheduler::Schedule')) {
      const target = properties['Target'] as Record<string, unknown>;
      expect(target['DeadLetterConfig']).toBeDefined();
      expect(target['RetryPolicy']).toBeDefined();
    }
    for (const properties of propertiesOf('AWS::Events::Rule')) {
      for (const target of properties['Targets'] as readonly Record<string, unknown>[]) {
        expect(target['DeadLetterConfig']).toBeDefined();
        expect(target['RetryPolicy']).toBeDefined();
      }
    }
    expect(propertiesOf('AWS::Events::Rule').length).toBeGreaterThan(0);
  });

  it('includes every periodic task at its pace', () => {
    const schedules = propertiesOf('AWS::Scheduler::Schedule').map((properties) => JSON.stringify(properties));
    for (const task of Object.keys(PERIODIC_TASKS) as PeriodicTask[]) {
      const { minutes, at } = periodOf(task);
      const schedule = schedules.find((text) => text.includes(task));
      if (at !== undefined) {
        const [hour, minute] = at.split(':').map(Number);
        expect(schedule, task).toContain(`cron(${minute} ${hour} * * ? *)`);
        continue;
      }
      const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
      expect(schedule, task).toContain(`rate(${count} ${unit}${count === 1 ? '' : 's'})`);
    }
  });
});

describe('the API', () => {
  it('has the routes of the table, and one that answers 404 to everything else', () => {
    const keys = propertiesOf('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
    const expected = ['$default', ...Object.values(routes).map(({ method, path }) => `${method} ${path}`)];
    expect(new Set(keys)).toEqual(new Set(expected));
    expect(keys).toHaveLength(expected.length);
  });
});

describe('logs', () => {
  it('are kept for a limited time', () => {
    const groups = propertiesOf('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(7);
    for (const group of groups) expect(group['RetentionInDays']).toBeGreaterThan(0);
  });
});

describe('at rest', () => {
  it('nothing costs money beyond storage', () => {
    const paid =
      /NatGateway|LoadBalanc|AWS::RDS|AWS::ECS|AWS::EMR::Cluster|ProvisionedConcurrency|AWS::EC2::(Instance|EIP)$|AWS::KMS::Key|SecretsManager/;
    const types = STACKS.flatMap((stack) => Object.values(templates[stack].Resources).map(({ Type }) => Type));
    expect(types.filter((type) => paid.test(type))).toEqual([]);
  });
});
