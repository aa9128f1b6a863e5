/**
 * Names of the environment variables that infra sets and functions read: the same constants on both sides. A construct's
 * grant sets those that belong to it. "Empty" means not configured.
 */
export const ENVIRONMENT = {
  /** Name of the stage, for names, tags, the banner and mail subjects: `prod`, `dev`. */
  environment: 'ATMO_ENVIRONMENT',
  /** The AWS Region; Lambda sets it by itself. */
  region: 'AWS_REGION',
  /** CalVer version of the release, and the commit it was made from. */
  version: 'ATMO_VERSION',
  commit: 'ATMO_COMMIT',
  /** Origin of the pages, for example `https://atmo.example.com`: callback, links in mails, the same-origin check. */
  publicUrl: 'ATMO_PUBLIC_URL',
  /** Empty: nobody's address becomes a short username. */
  companyDomain: 'ATMO_COMPANY_DOMAIN',
  /** JSON: the settings that count until an admin saves others, `shared/domain/settings.ts`. */
  stageSettings: 'ATMO_STAGE_SETTINGS',
  /** What CloudFront sends in `ORIGIN_KEY_HEADER`; other requests are refused. Empty: none is asked for. */
  originKey: 'ATMO_ORIGIN_KEY',

  table: 'ATMO_TABLE',

  oidcIssuer: 'ATMO_OIDC_ISSUER',
  oidcJwksUrl: 'ATMO_OIDC_JWKS_URL',
  oidcAuthorizeUrl: 'ATMO_OIDC_AUTHORIZE_URL',
  oidcTokenUrl: 'ATMO_OIDC_TOKEN_URL',
  oidcLogoutUrl: 'ATMO_OIDC_LOGOUT_URL',
  oidcClientId: 'ATMO_OIDC_CLIENT_ID',
  userPoolId: 'ATMO_USER_POOL_ID',
  /** Days without a sign-in after which a federated person counts as a leaver. Empty: none do. */
  inactiveDays: 'ATMO_INACTIVE_DAYS',
  /** Comma separated; empty lets everybody in whom the provider knows. */
  allowedRemoteGroups: 'ATMO_ALLOWED_REMOTE_GROUPS',
  /** `__Host-` everywhere but on plain http. */
  cookiePrefix: 'ATMO_COOKIE_PREFIX',

  /** What browsers upload; becomes a notebook once a job names it. */
  uploadsBucket: 'ATMO_UPLOADS_BUCKET',
  notebooksBucket: 'ATMO_NOTEBOOKS_BUCKET',
  resultsBucket: 'ATMO_RESULTS_BUCKET',
  publicResultsBucket: 'ATMO_PUBLIC_RESULTS_BUCKET',
  /** Origin of the CloudFront domain that serves public results. */
  publicResultsUrl: 'ATMO_PUBLIC_RESULTS_URL',
  logsBucket: 'ATMO_LOGS_BUCKET',
  /** `true` where the S3 endpoint has no virtual hosts. */
  s3ForcePathStyle: 'ATMO_S3_FORCE_PATH_STYLE',

  /** `s3://<bucket>/scripts/<content hash>` */
  emrScriptsUri: 'ATMO_EMR_SCRIPTS_URI',
  emrServiceRole: 'ATMO_EMR_SERVICE_ROLE',
  /** Name of the EMR security configuration of every cluster. */
  emrSecurityConfiguration: 'ATMO_EMR_SECURITY_CONFIGURATION',
  emrClusterInstanceProfile: 'ATMO_EMR_CLUSTER_INSTANCE_PROFILE',
  emrJobInstanceProfile: 'ATMO_EMR_JOB_INSTANCE_PROFILE',
  emrSubnetIds: 'ATMO_EMR_SUBNET_IDS',
  /** Where the security groups of people's clusters and runs are made. */
  emrVpcId: 'ATMO_EMR_VPC_ID',
  /** `true` where subnets are private: EMR reaches nodes through groups of their own. */
  emrUsesServiceAccess: 'ATMO_EMR_USES_SERVICE_ACCESS',
  /** The group that lets people reach port 22 of a master; empty: nobody does. */
  emrSshSecurityGroup: 'ATMO_EMR_SSH_SECURITY_GROUP',
  /** Empty: no EC2 key pair; people log in with their own key all the same. */
  emrKeyPair: 'ATMO_EMR_KEY_PAIR',
  /** `true` where nodes are in public subnets: each has an IPv4 address that is billed. */
  emrHasPublicAddresses: 'ATMO_EMR_HAS_PUBLIC_ADDRESSES',
  /** `efs` where each person has a home directory on EFS; empty: homes live and die with the cluster. */
  homeDirectories: 'ATMO_HOME_DIRECTORIES',
  /** `true` where people reach clusters by SSH; else nobody does. */
  allowsSsh: 'ATMO_ALLOWS_SSH',
  /** Where a cluster's Jupyter is reached; `{jobflowId}` stands for the cluster's id. */
  jupyterUrl: 'ATMO_JUPYTER_URL',

  /** `ServerlessEngine` as JSON; empty: the stage has no serverless engine. */
  emrServerless: 'ATMO_EMR_SERVERLESS',

  stateMachineArn: 'ATMO_STATE_MACHINE_ARN',
  scheduleGroup: 'ATMO_SCHEDULE_GROUP',
  scheduleRoleArn: 'ATMO_SCHEDULE_ROLE_ARN',
  scheduleDeadLetterArn: 'ATMO_SCHEDULE_DEAD_LETTER_ARN',

  /** The role that a run's credentials are of, narrowed to its own files. */
  runRoleArn: 'ATMO_RUN_ROLE_ARN',
  /** `true`: who asks for them must prove to be an instance of the run’s cluster. Empty where there are no instances. */
  requiresCallerProof: 'ATMO_REQUIRES_CALLER_PROOF',

  /** Sender (empty: no mails are sent), and the address that job mails are copied to (empty: no copies). */
  mailFrom: 'ATMO_MAIL_FROM',
  /** US dollars an hour from which admins are told; empty: never. */
  hourlyCostLimit: 'ATMO_HOURLY_COST_LIMIT',
  mailCopyTo: 'ATMO_MAIL_COPY_TO',
  /** The SES configuration set, by which bounces are reported. */
  mailConfigurationSet: 'ATMO_MAIL_CONFIGURATION_SET',
} as const;

/** By this header the API knows what came through CloudFront. */
export const ORIGIN_KEY_HEADER = 'x-atmo-origin-key';

export type Setting = keyof typeof ENVIRONMENT;
