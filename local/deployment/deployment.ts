import { ACCOUNT } from '../account.ts';
import { readAssembly } from './assembly.ts';
import type { PhysicalResource } from './physical-ids.ts';
import { Resolver } from './resolver.ts';

/** Where the servers of this machine are, for what the deployment has in AWS. */
export interface LocalOrigins {
  readonly portal: string;
  readonly publicResults: string;
  readonly identity: string;
  readonly s3: string;
}

/** A resource as it would be created, its properties resolved. */
export interface DeployedResource {
  readonly physical: PhysicalResource;
  readonly properties: Readonly<Record<string, unknown>>;
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

  /** Every resource of the types. */
  resources(...types: string[]): DeployedResource[] {
    return [...this.#resolver.resourcesOf(...types)].map(({ physical, properties }) => ({
      physical,
      properties: this.local(properties) as Record<string, unknown>,
    }));
  }

  /** Where the file or folder with the hash is. */
  asset(hash: string): string | undefined {
    return this.#assets.get(hash);
  }

  /** Every address of AWS in the value as that of this machine. */
  local(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#replacements.reduce((text, [aws, local]) => text.replaceAll(aws, local), value);
    }
    if (Array.isArray(value)) return value.map((item) => this.local(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.local(item)]));
  }
}
