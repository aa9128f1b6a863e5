import type { ClusterLaunchSettings } from '../../functions/adapters/emr-cluster-launch.ts';
import type { RunLaunchSettings } from '../../functions/adapters/emr-run-launch.ts';
import type { ClusterGroups } from '../../functions/ports/cluster-network.ts';
import type { HomeAddresses } from '../../functions/ports/home-directories.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import { ENVIRONMENT } from './fake-emr.ts';

/** As a deployment with one subnet, EFS and without spot would set them. */
export const LAUNCH_SETTINGS: ClusterLaunchSettings & RunLaunchSettings = {
  environment: ENVIRONMENT,
  emrScriptsUri: 's3://atmo-test-emr/scripts/0123abcd',
  emrServiceRole: 'atmo-test-emr-service',
  emrSecurityConfiguration: 'atmo-test-nodes',
  emrClusterInstanceProfile: 'atmo-test-emr-cluster',
  emrJobInstanceProfile: 'atmo-test-emr-job',
  emrSubnetIds: 'subnet-1',
  emrSshSecurityGroup: '',
  emrKeyPair: '',
  logsBucket: 'atmo-test-logs',
  notebooksBucket: 'atmo-test-notebooks',
  resultsBucket: 'atmo-test-results',
  publicResultsBucket: 'atmo-test-public-results',
  publicUrl: 'https://atmo.example.com',
};

/** As EFS gives it for two subnets. */
export const HOME: HomeAddresses = { 'subnet-1': '10.71.0.5', 'subnet-2': '10.71.16.9' };

export const GROUPS: ClusterGroups = { nodes: 'sg-alices', serviceAccess: null };

export const SSH_KEY: SshKey = {
  id: 'key',
  ownerId: 'sub-alice',
  owner: 'alice',
  title: 'laptop',
  key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB alice@laptop',
  type: 'ssh-ed25519',
  bits: 256,
  fingerprint: 'SHA256:abc',
  fingerprintMd5: '00:11',
  createdAt: '2026-11-01T06:00:00.000Z',
};
