import path from 'node:path';

import type { StateMachineDefinition } from 'aws-local-stepfunctions';

import type { TableDefinition } from '../dynamodb.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { RuleDefinition } from '../events/event-bus.ts';
import type { IdentityClient } from '../identity/identity-provider.ts';
import type { FunctionDefinition } from '../lambda.ts';
import type { BucketDefinition, CorsRule } from '../s3.ts';
import type { MachineDefinition } from '../step-functions/definition.ts';
import { ACCOUNT } from './account.ts';
import { readAssembly } from './assembly.ts';
import { Resolver } from './resolver.ts';

/** Where the servers of this machine are, for what the deployment has in AWS. */
export interface LocalOrigins {
  readonly portal: string;
  readonly publicResults: string;
  readonly identity: string;
  readonly s3: string;
}

/** A schedule of the deployment itself, as `CreateSchedule` takes it. */
export interface ScheduleDefinition {
  readonly name: string;
  readonly groupName: string;
  readonly input: unknown;
}

/** Files that the deployment copies into a bucket. */
export interface BucketContent {
  readonly bucket: string;
  readonly prefix: string;
  readonly directory: string;
}

/** A route of the HTTP API, `ANY` and `$default` included. */
export interface ApiRoute {
  readonly routeKey: string;
  readonly functionArn: string;
}

/** The portal as it would be deployed, its addresses those of this machine. */
export class Deployment {
  readonly #resolver: Resolver;
  readonly #assets: ReadonlyMap<string, string>;
  #replacements: readonly (readonly [awsOrigin: string, localOrigin: string])[] = [];

  /** @param directory a cloud assembly */
  constructor(directory: string) {
    const assembly = readAssembly(directory);
    this.#resolver = new Resolver(assembly);
    this.#assets = assembly.assets;
  }

  /** Tells where the servers are; until then addresses are those of AWS. */
  moveTo({ portal, publicResults, identity, s3 }: LocalOrigins): void {
    const { region, urlSuffix } = ACCOUNT;
    const pools = [...this.#resolver.resourcesOf('AWS::Cognito::UserPool')];
    const domains = [...this.#resolver.resourcesOf('AWS::Cognito::UserPoolDomain')];
    const buckets = [...this.#resolver.resourcesOf('AWS::S3::Bucket')];
    this.#replacements = [
      [this.#resolver.output('PortalUrl'), portal],
      [this.#resolver.output('PublicResultsUrl'), publicResults],
      ...pools.map(({ physical }) => [physical.attributes['ProviderURL'] ?? '', identity] as const),
      ...domains.map(
        ({ properties }) =>
          [`https://${String(properties['Domain'])}.auth.${region}.amazoncognito.com`, identity] as const,
      ),
      ...buckets.map(({ physical }) => [`https://${physical.ref}.s3.${region}.${urlSuffix}`, s3] as const),
    ];
  }

  tables(): TableDefinition[] {
    return this.#all('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ physical, properties }) => ({
      TableName: physical.ref,
      AttributeDefinitions: properties['AttributeDefinitions'] as NonNullable<TableDefinition['AttributeDefinitions']>,
      KeySchema: properties['KeySchema'] as NonNullable<TableDefinition['KeySchema']>,
      GlobalSecondaryIndexes: (
        (properties['GlobalSecondaryIndexes'] ?? []) as NonNullable<TableDefinition['GlobalSecondaryIndexes']>
      ).map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
    }));
  }

  buckets(): BucketDefinition[] {
    return this.#all('AWS::S3::Bucket').map(({ physical, properties }) => {
      const cors = properties['CorsConfiguration'] as { CorsRules: readonly CorsRule[] } | undefined;
      return { name: physical.ref, cors: cors?.CorsRules ?? [] };
    });
  }

  /**
   * The portal's functions; those that belong to the deployment itself are left out.
   * @param repository the root of the repository, where their sources are
   * @param localSettings environment variables that are otherwise on this machine
   */
  functions(repository: string, localSettings: Readonly<Record<string, string>>): FunctionDefinition[] {
    return this.#all('AWS::Lambda::Function').flatMap(({ physical, properties }) => {
      const { Variables: variables } = (properties['Environment'] ?? { Variables: {} }) as {
        Variables: Record<string, string>;
      };
      // The portal's own functions name their folder here.
      const feature = variables['POWERTOOLS_SERVICE_NAME'];
      if (feature === undefined) return [];
      // The process has its Node options already.
      const { NODE_OPTIONS: _, ...environment } = variables;
      return [
        {
          arn: physical.attributes['Arn'] ?? '',
          name: physical.ref,
          entry: path.join(repository, 'functions', feature, `${feature}.lambda.ts`),
          timeoutSeconds: Number(properties['Timeout'] ?? 3),
          memoryMb: Number(properties['MemorySize'] ?? 128),
          // A setting that the deployment lacks is lacking here too.
          environment: { ...environment, ...only(localSettings, environment) },
        },
      ];
    });
  }

  machines(): MachineDefinition[] {
    return this.#all('AWS::StepFunctions::StateMachine').map(({ physical, properties }) => ({
      arn: physical.ref,
      name: physical.attributes['Name'] ?? '',
      definition: JSON.parse(String(properties['DefinitionString'])) as StateMachineDefinition,
    }));
  }

  rules(): RuleDefinition[] {
    return this.#all('AWS::Events::Rule').map(({ properties }) => ({
      pattern: properties['EventPattern'] as EventPattern,
      isEnabled: properties['State'] !== 'DISABLED',
      targets: (properties['Targets'] as { Arn: string; Input?: string }[]).map(({ Arn, Input }) =>
        Input === undefined ? { functionArn: Arn } : { functionArn: Arn, input: Input },
      ),
    }));
  }

  scheduleGroups(): string[] {
    return this.#all('AWS::Scheduler::ScheduleGroup').map(({ physical }) => physical.ref);
  }

  schedules(): ScheduleDefinition[] {
    return this.#all('AWS::Scheduler::Schedule').map(({ physical, properties }) => ({
      name: text(properties['Name'], physical.ref),
      groupName: text(properties['GroupName'], 'default'),
      input: properties,
    }));
  }

  identityClient(): IdentityClient {
    const [client] = this.#all('AWS::Cognito::UserPoolClient');
    if (client === undefined) throw new Error('The deployment has no user pool client.');
    const { properties, physical } = client;
    const units = (properties['TokenValidityUnits'] ?? {}) as Record<string, string>;
    const seconds = (token: string, unit: string): number =>
      Number(properties[`${token}Validity`]) * (SECONDS[units[token] ?? unit] ?? 0);
    return {
      clientId: physical.ref,
      callbackUrls: properties['CallbackURLs'] as string[],
      logoutUrls: properties['LogoutURLs'] as string[],
      scopes: properties['AllowedOAuthScopes'] as string[],
      idTokenSeconds: seconds('IdToken', 'hours'),
      refreshTokenSeconds: seconds('RefreshToken', 'days'),
    };
  }

  apiRoutes(): ApiRoute[] {
    const integrations = new Map(
      this.#all('AWS::ApiGatewayV2::Integration').map(({ physical, properties }) => [
        `integrations/${physical.ref}`,
        String(properties['IntegrationUri']),
      ]),
    );
    return this.#all('AWS::ApiGatewayV2::Route').map(({ properties }) => ({
      routeKey: String(properties['RouteKey']),
      functionArn: integrations.get(String(properties['Target'])) ?? '',
    }));
  }

  /** What the deployment copies into buckets, the pages left out: they are served from their own build. */
  bucketContents(): BucketContent[] {
    return this.#all('Custom::CDKBucketDeployment').flatMap(({ properties }) => {
      const [key = ''] = properties['SourceObjectKeys'] as string[];
      const directory = this.#assets.get(key.replace(/\.zip$/, '')) ?? '';
      const prefix = properties['DestinationBucketKeyPrefix'];
      return typeof prefix === 'string'
        ? [{ bucket: String(properties['DestinationBucketName']), prefix, directory }]
        : [];
    });
  }

  /** The code of the CloudFront Functions. */
  edgeFunctions(): string[] {
    return this.#all('AWS::CloudFront::Function').map(({ properties }) => String(properties['FunctionCode']));
  }

  distributions(): { url: string; config: unknown }[] {
    return this.#all('AWS::CloudFront::Distribution').map(({ physical, properties }) => ({
      url: this.#local(`https://${physical.attributes['DomainName']}`) as string,
      config: properties['DistributionConfig'],
    }));
  }

  headersPolicies(): Map<string, unknown> {
    return new Map(
      this.#all('AWS::CloudFront::ResponseHeadersPolicy').map(({ physical, properties }) => [
        physical.ref,
        properties['ResponseHeadersPolicyConfig'],
      ]),
    );
  }

  #all(...types: string[]): {
    physical: { ref: string; attributes: Readonly<Record<string, string>> };
    properties: Record<string, unknown>;
  }[] {
    return [...this.#resolver.resourcesOf(...types)].map(({ physical, properties }) => ({
      physical,
      properties: this.#local(properties) as Record<string, unknown>,
    }));
  }

  /** Every address of AWS in the value as that of this machine. */
  #local(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#replacements.reduce((text, [aws, local]) => text.replaceAll(aws, local), value);
    }
    if (Array.isArray(value)) return value.map((item) => this.#local(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#local(item)]));
  }
}

const only = (settings: Readonly<Record<string, string>>, known: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name in known));

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
