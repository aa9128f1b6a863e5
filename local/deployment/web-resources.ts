import type { IdentityClient } from '../identity/identity-provider.ts';
import type { Deployment } from './deployment.ts';

/** A route of the HTTP API, `ANY` and `$default` included. */
export interface ApiRoute {
  readonly routeKey: string;
  readonly functionArn: string;
}

export const identityClientOf = (deployment: Deployment): IdentityClient => {
  const [client] = deployment.resources('AWS::Cognito::UserPoolClient');
  const [pool] = deployment.resources('AWS::Cognito::UserPool');
  if (client === undefined || pool === undefined) throw new Error('The deployment has no user pool with a client.');
  const { properties, physical } = client;
  const units = (properties['TokenValidityUnits'] ?? {}) as Record<string, string>;
  const seconds = (token: string, unit: string): number =>
    Number(properties[`${token}Validity`]) * (SECONDS[units[token] ?? unit] ?? 0);
  return {
    userPoolId: pool.physical.ref,
    clientId: physical.ref,
    callbackUrls: properties['CallbackURLs'] as string[],
    logoutUrls: properties['LogoutURLs'] as string[],
    scopes: properties['AllowedOAuthScopes'] as string[],
    idTokenSeconds: seconds('IdToken', 'hours'),
    refreshTokenSeconds: seconds('RefreshToken', 'days'),
  };
};

export const apiRoutesOf = (deployment: Deployment): ApiRoute[] => {
  const integrations = new Map(
    deployment
      .resources('AWS::ApiGatewayV2::Integration')
      .map(({ physical, properties }) => [`integrations/${physical.ref}`, String(properties['IntegrationUri'])]),
  );
  return deployment.resources('AWS::ApiGatewayV2::Route').map(({ properties }) => ({
    routeKey: String(properties['RouteKey']),
    functionArn: integrations.get(String(properties['Target'])) ?? '',
  }));
};

/** The code of the CloudFront Functions. */
export const edgeFunctionsOf = (deployment: Deployment): string[] =>
  deployment.resources('AWS::CloudFront::Function').map(({ properties }) => String(properties['FunctionCode']));

export const distributionsOf = (deployment: Deployment): { url: string; config: unknown }[] =>
  deployment.resources('AWS::CloudFront::Distribution').map(({ physical, properties }) => ({
    url: deployment.local(`https://${physical.attributes['DomainName']}`) as string,
    config: properties['DistributionConfig'],
  }));

export const headersPoliciesOf = (deployment: Deployment): Map<string, unknown> =>
  new Map(
    deployment
      .resources('AWS::CloudFront::ResponseHeadersPolicy')
      .map(({ physical, properties }) => [physical.ref, properties['ResponseHeadersPolicyConfig']]),
  );

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
