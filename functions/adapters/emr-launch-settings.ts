import type { Setting } from '../../shared/contract/environment.ts';

/** What the deployment says of launches of clusters and runs; what admins say is with each launch. */
export const EMR_LAUNCH_SETTINGS = [
  'environment',
  'emrScriptsUri',
  'emrServiceRole',
  'emrSecurityConfiguration',
  'emrSubnetIds',
  'emrSshSecurityGroup',
  'emrKeyPair',
  'logsBucket',
] as const satisfies readonly Setting[];

export type EmrLaunchSettings = Readonly<Record<(typeof EMR_LAUNCH_SETTINGS)[number], string>>;
