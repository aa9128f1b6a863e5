import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

import { accountingTags, helpLinks, instanceType, maximumPricePercent } from '../shared/contract/settings.ts';

const cidr = z.cidrv4({ error: 'must be an IPv4 range such as 203.0.113.0/24' });
const hostName = z.hostname({ error: 'must be a host name such as atmo.example.com' });
const arn = (service: string, example: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:`), { error: `must be an ARN such as ${example}` });

const network = z.discriminatedUnion('kind', [
  /** A VPC of our own: public subnets in two zones, no NAT gateway. */
  z.strictObject({ kind: z.literal('own'), cidr: cidr.default('10.71.0.0/16') }),
  /** An existing VPC. Tag it and its subnets as `docs/deploy.md` says, one subnet for each zone. */
  z.strictObject({
    kind: z.literal('existing'),
    vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/, { error: 'must be a VPC id such as vpc-0123456789abcdef0' }),
    subnetIds: z
      .array(
        z.string().regex(/^subnet-[0-9a-f]{8,17}$/, { error: 'must be a subnet id such as subnet-0123456789abcdef0' }),
      )
      .min(1, { error: 'must name at least one subnet' }),
    /** Private subnets need a way out (NAT) and a security group through which EMR reaches the nodes. */
    isPrivate: z.boolean().default(false),
  }),
]);

/**
 * Cognito does not hear that a person was removed at the provider: who has not signed in for so many days counts as a leaver. Their
 * clusters end and their jobs are paused until they sign in again or an admin takes over. Null means nobody does.
 */
const inactiveDays = z.int().min(2).max(3650).nullable().default(90);

const federation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('oidc'),
    name: z.string().regex(/^[A-Za-z0-9]{3,32}$/, { error: 'must be 3 to 32 letters and digits' }),
    issuer: z.url({ protocol: /^https$/, error: 'must be an https URL' }),
    clientId: z.string().min(1),
    /** Name of the Secrets Manager secret that holds the client secret; the secret itself never stands here. */
    clientSecretName: z.string().min(1),
    /** The claim with the person's groups at the provider. */
    groupsClaim: z.string().min(1).default('groups'),
    /** The claim with the person's mail address. */
    emailClaim: z.string().min(1).default('email'),
    /** The claim that says whether the address is verified. Without it nobody gets in: unverified addresses are refused. */
    emailVerifiedClaim: z.string().min(1).default('email_verified'),
    inactiveDays,
  }),
  z.strictObject({
    kind: z.literal('saml'),
    name: z.string().regex(/^[A-Za-z0-9]{3,32}$/, { error: 'must be 3 to 32 letters and digits' }),
    metadataUrl: z.url({ protocol: /^https$/, error: 'must be an https URL' }),
    groupsClaim: z.string().min(1).default('groups'),
    /** Entra ID and ADFS use `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress`. */
    emailClaim: z.string().min(1).default('email'),
    /** SAML has no standard one: have the provider send `true` for verified addresses. */
    emailVerifiedClaim: z.string().min(1).default('email_verified'),
    inactiveDays,
  }),
]);

/** Of the periods that CloudWatch Logs accepts, the ones a portal has use for. */
const LOG_RETENTION = [
  RetentionDays.ONE_WEEK,
  RetentionDays.TWO_WEEKS,
  RetentionDays.ONE_MONTH,
  RetentionDays.THREE_MONTHS,
  RetentionDays.SIX_MONTHS,
  RetentionDays.ONE_YEAR,
] as const;

/** All that may differ between two deployments. Every setting has a default, so that an empty stage is a whole one. */
export const stageSettings = z.strictObject({
  companyDomain: hostName
    .nullable()
    .default(null)
    .describe('whose addresses become short usernames; null means nobody’s'),
  allowedRemoteGroups: z
    .array(z.string().regex(/^[^,]+$/, { error: 'must be names without commas: Cognito separates groups by them' }))
    .default([])
    .describe('groups that may sign in; empty means everyone'),
  customDomain: z
    .strictObject({
      name: hostName,
      certificateArn: arn(
        'acm:us-east-1',
        'arn:aws:acm:us-east-1:123456789012:certificate/… (CloudFront reads us-east-1)',
      ),
    })
    .nullable()
    .default(null),
  mail: z
    .strictObject({
      /** Sender of all mails; null means that the stage sends none, and its pages say so. */
      from: z.email().nullable().default(null),
      /** Copied on every Spark job mail. */
      serviceAddress: z.email().nullable().default(null),
      /** `existing`: the address or its domain is already a verified SES identity of the account. */
      identity: z.enum(['create', 'existing']).default('create'),
    })
    .prefault({}),
  signIn: z
    .strictObject({
      /** Unique in the Region; null means `atmo-<environment>-<account>`. */
      domainPrefix: z
        .string()
        .regex(/^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
          error: "must be lower-case letters, digits and hyphens, without 'aws', 'amazon' or 'cognito'",
        })
        .nullable()
        .default(null),
      federation: federation.prefault({ kind: 'none' }),
      /** Second factor (an authenticator app) of Cognito's own users; a federated provider asks for its own. */
      mfa: z.enum(['off', 'optional', 'required']).default('optional'),
    })
    .prefault({}),
  emr: z
    .strictObject({
      masterInstanceType: instanceType.default('m7g.xlarge'),
      coreInstanceType: instanceType.default('m7g.xlarge'),
      spot: z
        .strictObject({
          isEnabled: z.boolean().default(false),
          /** Per cent of the on-demand price. */
          maximumPricePercent: maximumPricePercent.default(100),
        })
        .prefault({}),
      /** An EC2 key pair of the operators, for rescue; people use their own keys. */
      keyPair: z.string().min(1).nullable().default(null),
      /** Who may reach port 22 of a cluster; nobody until ranges are named. */
      sshRanges: z.array(cidr).default([]),
      /** Managed policies with the data that Spark may read or write, attached to the roles of clusters and of jobs. */
      dataPolicyArns: z.array(arn('iam', 'arn:aws:iam::123456789012:policy/telemetry-read')).default([]),
      /** A KMS key for the disks of nodes, with a key policy that lets the roles of this stage use it; null means the account's default. */
      diskKeyArn: arn('kms', 'arn:aws:kms:us-west-2:123456789012:key/…').nullable().default(null),
      /**
       * Home directories that outlast a cluster: an EFS file system of each person, which their own clusters alone reach. Paid by what
       * is stored. Off by default: quotas of the account limit for how many people.
       */
      homeDirectories: z.enum(['none', 'efs']).default('none'),
      /** Runs of Jupyter notebooks on EMR Serverless, besides clusters. Without it a stage has neither its role nor its permissions. */
      serverless: z
        .strictObject({
          /** Null: where the price table has EMR Serverless in the stage's Region. */
          isEnabled: z.boolean().nullable().default(null),
          architecture: z.enum(['arm64', 'x86_64']).default('arm64'),
          /** Of the driver and of each executor; GB. Disk above 20 GB is billed. */
          worker: z
            .strictObject({
              vCpu: z.literal([1, 2, 4, 8, 16]).default(4),
              memoryGb: z.int().min(4).max(120).default(16),
              storageGb: z.int().min(20).max(200).default(20),
            })
            .prefault({}),
          /** Of all runs of a release together; what has no room waits in EMR Serverless's queue. */
          maximumVCpu: z.int().min(8).default(128),
          maximumMemoryGb: z.int().min(32).default(512),
          maxConcurrentRuns: z.int().min(1).max(1000).default(25),
          /** A run that waited so long is missed. */
          queueTimeoutMinutes: z.int().min(15).max(720).default(360),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Of clusters and their instances, for the bill; admins may change them while the portal runs, as all that `defaultSettings` has. */
  accountingTags: accountingTags.default({}),
  /** In the footer of every page: `{ text, url }`. */
  helpLinks: helpLinks.default([]),
  network: network.prefault({ kind: 'own' }),
  /**
   * Table and user pool refuse to be deleted by anybody. Off for a first deployment, which could otherwise not be rolled back; both
   * outlive their stacks in any case.
   */
  deletionProtection: z.boolean().default(false),
  logRetentionDays: z.literal(LOG_RETENTION).default(RetentionDays.THREE_MONTHS),
  /** EMR's own logs, the heaviest of all. */
  emrLogRetentionDays: z.int().min(1).max(3650).default(180),
  /** Where operators read the runbook, for the texts of alarms; null means the repository's `docs/runbook.md`. */
  runbookUrl: z
    .url({ protocol: /^https$/, error: 'must be an https URL' })
    .nullable()
    .default(null),
  hourlyCostLimit: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('dollars an hour, for everything that runs, from which an alarm rings and admins are mailed'),
  alarmAddress: z.email().nullable().default(null).describe('who hears of alarms'),
});

export type StageSettings = z.input<typeof stageSettings>;
