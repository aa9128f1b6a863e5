import { describe, expect, it } from 'vitest';

import { readable } from './readable.ts';
import { synthesised } from './templates.ts';

const { Resources } = synthesised().portal;
const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** IAM's `*`: any characters, slashes too. */
const matches = (pattern: string, arn: string): boolean => {
  const quoted = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${quoted.replaceAll('*', '.*')}$`).test(arn);
};

const permissions = ofType('AWS::Lambda::Permission').map(([, { Properties }]) => ({
  functionArn: readable(Properties['FunctionName']),
  principal: Properties['Principal'],
  sourceArn: readable(Properties['SourceArn']),
}));

/** The function behind each integration, by how a route names it: `integrations/<RoutesRunsruns>`. */
const integrations = new Map(
  ofType('AWS::ApiGatewayV2::Integration').map(([id, { Properties }]) => [
    readable({ 'Fn::Join': ['', ['integrations/', { Ref: id }]] }),
    readable(Properties['IntegrationUri']),
  ]),
);

/** What API Gateway names itself as when it invokes the function of a route: its only stage is `$default`. */
const invoking = (apiId: string, routeKey: string): string => {
  const [method = '', path] = routeKey.split(' ');
  const route = path === undefined ? routeKey : `${method}${path}`;
  return `arn:aws:execute-api:<region>:<account>:${apiId}/$default/${route}`;
};

const routes = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => ({
  routeKey: String(Properties['RouteKey']),
  apiId: readable(Properties['ApiId']),
  functionArn: integrations.get(readable(Properties['Target'])),
}));

describe('every route', () => {
  it.each(routes.map((route) => [route.routeKey, route] as const))('%s may invoke its function', (_, route) => {
    const source = invoking(route.apiId, route.routeKey);
    const allowing = permissions.filter(
      ({ functionArn, principal, sourceArn }) =>
        functionArn === route.functionArn && principal === 'apigateway.amazonaws.com' && matches(sourceArn, source),
    );
    expect(allowing).toHaveLength(1);
  });
});
