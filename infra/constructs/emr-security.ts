import { createHash } from 'node:crypto';
import { CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage-config.ts';
import { permit } from './permission.ts';

interface EmrSecurityProps {
  readonly config: StageConfig;
  /** Who works with the disks: EMR and the nodes. */
  readonly roles: readonly Role[];
}

/** What EMR's guide lists for encrypted disks, for the role that starts instances and for the instances. */
const KEY_ACTIONS = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ListGrants',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * The security configuration of every cluster: instance metadata by IMDSv2 only, out of reach of containers and forwarded requests
 * (one hop), and disks encrypted with the stage's key where it has one. Without one the account's default encryption applies.
 */
export class EmrSecurity extends Construct {
  /** With the content's hash: a configuration cannot be changed, and running clusters keep the one that they began with. */
  readonly name: string;

  constructor(scope: Construct, id: string, { config: { environment, emr }, roles }: EmrSecurityProps) {
    super(scope, id);
    const content = {
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 },
      ...(emr.diskKeyArn !== null && { EncryptionConfiguration: encryptedDisks(emr.diskKeyArn) }),
    };
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
    this.name = `atmo-${environment}-nodes-${hash}`;
    new CfnSecurityConfiguration(this, 'Configuration', { name: this.name, securityConfiguration: content });
    if (emr.diskKeyArn === null) return;
    for (const role of roles) permit(role, { actions: KEY_ACTIONS, resources: [emr.diskKeyArn] });
  }
}

const encryptedDisks = (keyArn: string) => ({
  EnableInTransitEncryption: false,
  EnableAtRestEncryption: true,
  AtRestEncryptionConfiguration: {
    LocalDiskEncryptionConfiguration: {
      EncryptionKeyProviderType: 'AwsKms',
      AwsKmsKey: keyArn,
      EnableEbsEncryption: true,
    },
  },
});
