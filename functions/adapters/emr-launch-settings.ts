import type { Setting } from '../../shared/contract/environment.ts';
import type { InstanceTypes } from '../../shared/domain/cost.ts';

/** What launching needs for clusters and runs alike. */
export const EMR_LAUNCH_SETTINGS = [
  'environment',
  'emrScriptsUri',
  'emrServiceRole',
  'emrSubnetIds',
  'emrMasterSecurityGroup',
  'emrCoreSecurityGroup',
  'emrServiceAccessSecurityGroup',
  'emrKeyPair',
  'emrMasterInstanceType',
  'emrCoreInstanceType',
  'emrUseSpot',
  'emrSpotMaxPricePercent',
  'efsDns',
  'logsBucket',
] as const satisfies readonly Setting[];

export type EmrLaunchSettings = Readonly<Record<(typeof EMR_LAUNCH_SETTINGS)[number], string>>;

export const instanceTypesOf = ({
  emrMasterInstanceType,
  emrCoreInstanceType,
}: Pick<EmrLaunchSettings, 'emrMasterInstanceType' | 'emrCoreInstanceType'>): InstanceTypes => ({
  master: emrMasterInstanceType,
  core: emrCoreInstanceType,
});
