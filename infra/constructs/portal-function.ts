import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AssetHashType, RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
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

const codeOf = (feature: string, region: string): Code =>
  Code.fromAsset(REPOSITORY, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage,
      // Never run, but part of the key under which the CDK remembers a bundle: without it all functions would share one.
      command: ['bundle', feature, region],
      local: {
        tryBundle(directory) {
          execFileSync(process.execPath, [`${REPOSITORY}infra/bundle-lambda.ts`, feature, directory, region], {
            stdio: 'inherit',
          });
          return true;
        },
      },
    },
  });

/** A Lambda of the portal. It starts with no permission but to write its own log; grants of other constructs add the rest. */
export class PortalFunction extends Function {
  private readonly ownRole: Role;

  constructor(scope: Construct, id: string, { config, feature, ...props }: PortalFunctionProps) {
    const functionName = `atmo-${config.environment}-${feature}`;
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the managed basic role, which may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      ...props,
      functionName,
      role,
      logGroup,
      code: codeOf(feature, config.region),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      environment: {
        POWERTOOLS_SERVICE_NAME: feature,
        POWERTOOLS_METRICS_NAMESPACE: 'ATMO',
      },
    });
    this.ownRole = role;
    this.configure({ environment: config.environment });
  }

  get roleArn(): string {
    return this.ownRole.roleArn;
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
