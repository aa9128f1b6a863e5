import type { Plugin } from 'esbuild';

export interface ReplacedModule {
  /** Matches the path of the module's file. */
  readonly file: RegExp;
  /** What the bundle has in its place. */
  readonly contents: string;
}

/** Exports that other modules name, but nothing reads. */
const unread = (...names: readonly string[]): string =>
  `export const ${names.map((name) => `${name} = undefined`).join(', ')};`;

const emptyPlugin = (name: string): string => `export const ${name} = () => ({ applyToStack: () => undefined });`;

/**
 * Parts of libraries that no function uses, although importing the library takes them in. docs/adr/0052 has a reason for each, and
 * test/infra/bundle/ shows that the portal's calls are answered alike without them.
 */
export const REPLACED_MODULES: readonly ReplacedModule[] = [
  // Hashes in JavaScript, for a Node without its crypto module.
  ...['Md5Js', 'Sha1Js', 'Sha256Js'].map((name) => ({
    file: new RegExp(String.raw`[\\/]${name}\.js$`),
    contents: `export class ${name} {}`,
  })),
  // Streams of events: no operation that the portal calls has one, but S3's client is made with what reads them.
  {
    file: /@smithy[\\/]core[\\/].*[\\/]event-streams[\\/]index\.js$/,
    contents:
      'export const resolveEventStreamSerdeConfig = (config) => config;' +
      'export const eventStreamSerdeProvider = () => ({});' +
      'export class EventStreamSerde {}',
  },
  // DynamoDB's client asks for endpoints only where its discovery is switched on.
  {
    file: /@aws-sdk[\\/]middleware-endpoint-discovery[\\/]dist-es[\\/]index\.js$/,
    contents:
      'export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => false, configFileSelector: () => false, default: false };' +
      'export const resolveEndpointDiscoveryConfig = (config) => config;',
  },
  // Lambda hands credentials to a function in its environment, for as long as the function lives.
  {
    file: /@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  // Partitions of Regions, which the endpoint rules of all Regions would read.
  {
    file: /[\\/]util-endpoints[\\/]lib[\\/]aws[\\/]partitions\.js$/,
    contents: "export const partitionsInfo = { partitions: [], version: '' };",
  },
  // The Region of the machine, for the defaults mode `auto`.
  {
    file: /[\\/]regionConfig[\\/]getInstanceMetadataRegion\.js$/,
    contents: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  // Retry mode `adaptive`.
  {
    file: /@smithy[\\/]core[\\/].*[\\/]util-retry[\\/]AdaptiveRetryStrategy\.js$/,
    contents: 'export class AdaptiveRetryStrategy {}',
  },
  {
    file: /@smithy[\\/]core[\\/].*[\\/]util-retry[\\/]DefaultRateLimiter\.js$/,
    contents: 'export class DefaultRateLimiter {}',
  },
  // S3 Express buckets, and one signature for several Regions (access points over Regions).
  {
    file: /[\\/]middleware-s3-express[\\/]functions[\\/]s3ExpressMiddleware\.js$/,
    contents: emptyPlugin('getS3ExpressPlugin') + unread('s3ExpressMiddleware', 's3ExpressMiddlewareOptions'),
  },
  {
    file: /[\\/]middleware-s3-express[\\/]functions[\\/]s3ExpressHttpSigningMiddleware\.js$/,
    contents:
      emptyPlugin('getS3ExpressHttpSigningPlugin') +
      unread('s3ExpressHttpSigningMiddleware', 's3ExpressHttpSigningMiddlewareOptions'),
  },
  ...['S3ExpressIdentityProviderImpl', 'SignatureV4S3Express'].map((name) => ({
    file: new RegExp(String.raw`[\\/]middleware-s3-express[\\/]classes[\\/]${name}\.js$`),
    contents: `export class ${name} {}`,
  })),
  {
    file: /[\\/]signature-v4-multi-region[\\/]dist-es[\\/]index\.js$/,
    contents:
      "import { SignatureV4 } from '@smithy/signature-v4';" +
      "export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return 'none'; } }" +
      unread('SignatureV4SignWithCredentials'),
  },
  // How zod tells a schema as JSON Schema: the description of the API is made with the bundle, see own-parts.ts.
  {
    file: /[\\/]zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/,
    contents: 'export const allProcessors = {};' + unread('toJSONSchema'),
  },
  {
    file: /[\\/]zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/,
    contents:
      'export const createToJSONSchemaMethod = () => undefined, createStandardJSONSchemaMethod = () => undefined;' +
      unread('extractDefs', 'finalize', 'initializeContext', 'processSchema', 'process', 'handleUnrepresentable'),
  },
];

export const replacedModules: Plugin = {
  name: 'replaced-modules',
  setup(bundler) {
    for (const { file, contents } of REPLACED_MODULES) {
      bundler.onLoad({ filter: file }, ({ path }) => ({
        loader: 'js',
        contents,
        resolveDir: path.replace(/[\\/][^\\/]*$/, ''),
      }));
    }
  },
};
