import { fileURLToPath } from 'node:url';
import { RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat, SourceMapMode, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENVIRONMENT, type Setting } from '../../shared/contract/environment.ts';
import type { StageConfig } from '../stage-config.ts';
import { permit, type Permission } from './permission.ts';

interface PortalFunctionProps {
  readonly config: StageConfig;
  /** Its folder under `functions/`, with `<feature>.lambda.ts` in it. */
  readonly feature: string;
  readonly description: string;
  /** MB. */
  readonly memorySize: number;
  readonly timeout: Duration;
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Sources of credentials that a Lambda never asks: its own come from the environment. A third of an SDK bundle. */
const UNUSED_CREDENTIAL_PROVIDERS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

export const LAMBDA_BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: true,
  sourceMapMode: SourceMapMode.EXTERNAL,
  sourcesContent: false,
  bundleAwsSDK: true,
  externalModules: UNUSED_CREDENTIAL_PROVIDERS,
  // Dependencies in CommonJS call `require` for Node's own modules.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
};

/** A Lambda of the portal. It starts with no permission but to write its own log; grants of other constructs add the rest. */
export class PortalFunction extends NodejsFunction {
  private readonly ownRole: Role;

  constructor(scope: Construct, id: string, { config, feature, ...props }: PortalFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the managed basic role, which may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      ...props,
      role,
      logGroup,
      entry: `${REPOSITORY}functions/${feature}/${feature}.lambda.ts`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      projectRoot: REPOSITORY,
      depsLockFilePath: `${REPOSITORY}package-lock.json`,
      bundling: LAMBDA_BUNDLING,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: feature,
        POWERTOOLS_METRICS_NAMESPACE: 'ATMO',
      },
    });
    this.ownRole = role;
    this.configure({ environment: config.environment });
  }

  permit(permission: Permission): void {
    permit(this.ownRole, permission);
  }

  /** Sets environment variables by the names that the runtime reads them by. */
  configure(settings: Partial<Readonly<Record<Setting, string>>>): void {
    for (const [setting, value] of Object.entries(settings)) {
      this.addEnvironment(ENVIRONMENT[setting as Setting], value);
    }
  }
}
