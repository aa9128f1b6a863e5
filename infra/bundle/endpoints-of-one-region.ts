import type { Plugin } from 'esbuild';

interface EndpointParameters {
  readonly Region: string;
  readonly UseFIPS: boolean;
  readonly UseDualStack: boolean;
}

type Client = new (settings: { readonly region: string }) => {
  readonly config: {
    readonly serviceId: string;
    endpointProvider(parameters: EndpointParameters): {
      readonly url: URL;
      readonly properties: object;
      readonly headers: object;
    };
  };
};

const isClient = ([name, value]: [string, unknown]): boolean =>
  name.endsWith('Client') && name !== '__Client' && typeof value === 'function';

/** What the SDK itself answers for a service in a Region. */
const regionalEndpoint = async (client: string, region: string) => {
  const [, Client] = Object.entries((await import(client)) as object).find(isClient) ?? [];
  const { config } = new (Client as Client)({ region });
  return config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
};

/** Buckets are named in the path or, where their name allows it, in the host, by the rules of S3's own endpoint rules. */
const BUCKETS = `
const inHost = ({ hostname }, bucket) => /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket) && !/^\\d+(\\.\\d+){3}$/.test(hostname);
const placed = (url, { Bucket, ForcePathStyle }) => {
  if (Bucket === undefined) return url;
  const path = url.pathname.replace(/\\/$/, '');
  return !ForcePathStyle && inHost(url, Bucket)
    ? new URL(url.protocol + '//' + Bucket + '.' + url.host + path)
    : new URL(url.origin + path + '/' + encodeURIComponent(Bucket));
};`;

/**
 * A client carries the endpoint rules of its service for all Regions, AWS partitions, FIPS and dual stack. A function runs in one
 * Region: the bundle has the answer of those rules for it. `AWS_ENDPOINT_URL` works as ever.
 */
export const endpointsOfOneRegion = (region: string): Plugin => ({
  name: 'endpoints-of-one-region',
  setup(bundler) {
    bundler.onLoad(
      { filter: /@aws-sdk[\\/]client-[^\\/]+[\\/].*[\\/]endpoint[\\/]endpointResolver\.js$/ },
      async ({ path }) => {
        const [client = ''] = /@aws-sdk[\\/]client-[^\\/]+/.exec(path) ?? [];
        const { url, properties, headers } = await regionalEndpoint(client.replace('\\', '/'), region);
        const isS3 = client.endsWith('client-s3');
        return {
          loader: 'js',
          contents: `
            ${isS3 ? BUCKETS : 'const placed = (url) => url;'}
            export const defaultEndpointResolver = (parameters) => ({
              url: placed(new URL(parameters.Endpoint ?? ${JSON.stringify(url)}), parameters),
              properties: ${isS3 ? '' : 'parameters.Endpoint ? {} : '}${JSON.stringify(properties)},
              headers: ${JSON.stringify(headers)},
            });`,
        };
      },
    );
  },
});
