import { ENVIRONMENT } from '../shared/contract/environment.ts';
import { ACCOUNT } from './account.ts';
import { ROOT_CREDENTIALS } from './sts/access-keys.ts';
import { isAnySparkInstalled } from './spark/installed-spark.ts';

/** Endpoint of each service. */
export interface Endpoints {
  readonly cognito_identity_provider: string;
  readonly dynamodb: string;
  readonly ec2: string;
  readonly efs: string;
  readonly emr: string;
  readonly emr_serverless: string;
  readonly eventbridge: string;
  readonly s3: string;
  readonly scheduler: string;
  readonly sesv2: string;
  readonly sfn: string;
  readonly sts: string;
}

/** Environment variables of the user, which must not lead an SDK client to a real account. */
const FOREIGN = /^AWS_/;

/** Points every SDK client of this process to the local servers. */
export const useLocalServices = (endpoints: Endpoints): void => {
  for (const name of Object.keys(process.env)) if (FOREIGN.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_REGION: ACCOUNT.region,
    AWS_ACCESS_KEY_ID: ROOT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Otherwise every request and every tick logs a line.
    POWERTOOLS_LOG_LEVEL: 'WARN',
    ...Object.fromEntries(
      Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, url as string]),
    ),
  });
};

/**
 * What of a function's settings is otherwise here than in AWS.
 * @param dataDirectory where Spark may be installed, now or soon
 */
export const localSettings = (portalUrl: string, dataDirectory: string): Readonly<Record<string, string>> => ({
  // Browsers take `__Host-` cookies only over HTTPS.
  [ENVIRONMENT.cookiePrefix]: '',
  [ENVIRONMENT.s3ForcePathStyle]: 'true',
  // An empty stage has neither; the local mailbox shows every mail.
  [ENVIRONMENT.companyDomain]: 'example.com',
  [ENVIRONMENT.mailFrom]: 'atmo@example.com',
  // The pages show the way in as a stage with `sshRanges` does.
  [ENVIRONMENT.allowsSsh]: 'true',
  // No instance of a cluster is here to prove anything.
  [ENVIRONMENT.requiresCallerProof]: '',
  // And homes, as one with `homeDirectories` has them.
  [ENVIRONMENT.homeDirectories]: 'efs',
  ...((isAnySparkInstalled(dataDirectory) || process.env['ATMO_SPARK'] !== 'off') && {
    [ENVIRONMENT.jupyterUrl]: `${portalUrl}/local/jupyter?cluster={jobflowId}`,
  }),
});
