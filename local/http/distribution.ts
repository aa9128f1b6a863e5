import { z } from 'zod';

import type { Deployment } from '../deployment/deployment.ts';
import { distributionsOf, headersPoliciesOf } from '../deployment/web-resources.ts';
import type { ServeRequest } from './http-api.ts';
import { headersOfPolicy } from './response-headers.ts';

const Behavior = z.object({ TargetOriginId: z.string(), ResponseHeadersPolicyId: z.string() });

const DistributionConfig = z.object({
  CacheBehaviors: z.array(Behavior.extend({ PathPattern: z.string() })).default([]),
  DefaultCacheBehavior: Behavior,
  Origins: z.array(
    z.object({
      Id: z.string(),
      DomainName: z.string(),
      OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
    }),
  ),
});

/** What answers for an origin of a distribution, chosen by the origin's domain. */
export type OriginServer = (domainName: string) => ServeRequest;

/** CloudFront on this machine: the template's path patterns, origins and response headers. */
export const distribution = (deployment: Deployment, url: string, originServer: OriginServer): ServeRequest => {
  const found = distributionsOf(deployment).find((candidate) => candidate.url === url);
  if (found === undefined) throw new Error(`The deployment has no distribution for ${url}.`);
  const { CacheBehaviors, DefaultCacheBehavior, Origins } = DistributionConfig.parse(found.config);
  const policies = headersPoliciesOf(deployment);
  const serve = ({ TargetOriginId, ResponseHeadersPolicyId }: z.infer<typeof Behavior>): ServeRequest => {
    const { DomainName = '', OriginCustomHeaders = [] } = Origins.find(({ Id }) => Id === TargetOriginId) ?? {};
    const origin = originServer(DomainName);
    const headers = new Headers(headersOfPolicy(policies.get(ResponseHeadersPolicyId)));
    return (request, response) => {
      response.setHeaders(headers);
      for (const { HeaderName, HeaderValue } of OriginCustomHeaders)
        request.headers[HeaderName.toLowerCase()] = HeaderValue;
      return origin(request, response);
    };
  };
  const behaviors = CacheBehaviors.map((behavior) => ({
    pattern: pathExpression(behavior.PathPattern),
    serve: serve(behavior),
  }));
  const byDefault = serve(DefaultCacheBehavior);
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    return (behaviors.find(({ pattern }) => pattern.test(pathname))?.serve ?? byDefault)(request, response);
  };
};

/** `*` stands for any characters, `?` for one. */
const pathExpression = (pattern: string): RegExp => {
  const escaped = pattern.replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
};
