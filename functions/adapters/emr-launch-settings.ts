import type { Setting } from '../../shared/contract/environment.ts';

/** Launch settings shared by clusters and runs. */
export const EMR_LAUNCH_SETTINGS = [
  'environment',
  'emrScriptsUri',
  'emrServiceRole',
  'emrSecurityConfiguration',
  'emrSubnetIds',
  'emrSshSecurityGroup',
  'emrKeyPair',
  'emrMasterInstanceType',
  'emrCoreInstanceType',
  'emrUseSpot',
  'emrSpotMaxPricePercent',
  'emrSpotInstanceTypes',
  'efsDns',
  'logsBucket',
] as const satisfies readonly Setting[];

export type EmrLaunchSettings = Readonly<Record<(typeof EMR_LAUNCH_SETTINGS)[number], string>>;

export const usesSpot = ({ emrUseSpot }: Pick<EmrLaunchSettings, 'emrUseSpot'>): boolean => emrUseSpot === 'true';

export const maximumSpotPercent = ({ emrSpotMaxPricePercent }: Pick<EmrLaunchSettings, 'emrSpotMaxPricePercent'>) =>
  Number(emrSpotMaxPricePercent || '100');

export const spotInstanceTypes = ({
  emrSpotInstanceTypes,
}: Pick<EmrLaunchSettings, 'emrSpotInstanceTypes'>): string[] => emrSpotInstanceTypes.split(',');
