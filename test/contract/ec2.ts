import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { EC2Client } from '@aws-sdk/client-ec2';
import { onTestFinished } from 'vitest';

import { ec2Api } from '../../local/ec2/ec2-api.ts';
import { SecurityGroupStore } from '../../local/ec2/security-group-store.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen } from '../../local/server.ts';
import { AccessKeys, ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';

export const VPC = 'vpc-0123456789abcdef0';
export const SUBNETS = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] as const;

interface LocalEc2Options extends NonNullable<ConstructorParameters<typeof SecurityGroupStore>[2]> {
  readonly isInUse?: (groupId: string) => boolean;
  readonly clusterOf?: (instanceId: string) => string | null;
  /** Of the subnets. */
  readonly zones?: readonly [string, string];
}

const networkIn = (zones: readonly [string, string]) => ({
  vpcs: [
    { id: VPC, cidr: '10.71.0.0/16' },
    { id: 'vpc-0123456789abcdef1', cidr: '10.72.0.0/16' },
  ],
  subnets: SUBNETS.map((id, index) => ({ id, vpcId: VPC, zone: zones[index] ?? '' })),
  groups: [],
});

/** The local EC2 with one VPC of ours and one that is not, until the test is over. */
export const startEc2 = async ({
  isInUse = () => false,
  clusterOf = () => null,
  zones = ['us-west-2a', 'us-west-2b'],
  ...options
}: LocalEc2Options = {}) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-ec2-'));
  const open = () => new SecurityGroupStore(path.join(directory, 'groups.json'), networkIn(zones), options);
  const store = open();
  const keys = new AccessKeys('arn:aws:iam::123456789012:root');
  const server = http.createServer();
  answerRequests(server, ec2Api({ store, isInUse, clusterOf }, keys));
  const running = await listen(server, 0);
  const clientOf = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
    new EC2Client({ region: 'us-west-2', endpoint: running.url, maxAttempts: 1, credentials });
  onTestFinished(async () => {
    await running.close();
    rmSync(directory, { recursive: true });
  });
  return { store, client: clientOf(ROOT_CREDENTIALS), clientOf, keys, url: running.url, reopen: open };
};
