import { Validations } from 'aws-cdk-lib';
import { HttpRoute, HttpMethod, HttpRouteKey, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { routes, type Feature, type Route } from '../../shared/contract/api.ts';
import { localArn } from '../resource-names.ts';
import type { PortalFunction } from './portal-function.ts';

interface PortalRoutesProps {
  readonly httpApi: HttpApi;
  readonly functions: Readonly<Record<Feature, PortalFunction>>;
}

/** Every route of the contract, to the function of its feature. */
export class PortalRoutes extends Construct {
  constructor(scope: Construct, id: string, { httpApi, functions }: PortalRoutesProps) {
    super(scope, id);
    const integrations = Object.fromEntries(
      Object.entries(functions).map(([feature, fn]) => [
        feature,
        // One permission for each function: one for each route would outgrow a function's policy.
        new HttpLambdaIntegration(feature, fn, { scopePermissionToRoute: false }),
      ]),
    ) as Record<Feature, HttpLambdaIntegration>;
    for (const [name, { method, path, feature }] of Object.entries<Route>(routes)) {
      this.add(httpApi, name, HttpRouteKey.with(path, HttpMethod[method]), integrations[feature]);
    }
    // Unknown paths are answered as problem details too. API Gateway names that route `<stage>/$default`, a level less than others.
    functions.portal.addPermission('DefaultRoute', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: localArn('execute-api', `${httpApi.apiId}/$default/$default`),
    });
    this.add(httpApi, 'default', HttpRouteKey.DEFAULT, integrations.portal);
  }

  private add(httpApi: HttpApi, name: string, routeKey: HttpRouteKey, integration: HttpLambdaIntegration): void {
    const route = new HttpRoute(this, name, { httpApi, routeKey, integration });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Sessions are cookies, which an authorizer of the API cannot refresh: each function verifies the token itself.',
    });
  }
}
