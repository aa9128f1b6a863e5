import type { InstanceFleetConfig, InstanceTypeConfig } from '@aws-sdk/client-emr';

import { workersOf } from '../../shared/domain/cluster-nodes.ts';
import { NODE_DISKS_GB } from '../../shared/domain/node-disks.ts';
import { maximumSpotPercent, usesSpot, type EmrLaunchSettings } from './emr-launch-settings.ts';

/** Minutes, the least that EMR takes: somebody is waiting for the cluster. */
const SPOT_TIMEOUT_MINUTES = 5;

const typeConfig = (instanceType: string): InstanceTypeConfig => ({
  InstanceType: instanceType,
  WeightedCapacity: 1,
  EbsConfiguration: {
    EbsOptimized: true,
    EbsBlockDeviceConfigs: [
      { VolumeSpecification: { VolumeType: 'gp3', SizeInGB: NODE_DISKS_GB.data }, VolumesPerInstance: 1 },
    ],
  },
});

const coreFleet = (size: number, settings: EmrLaunchSettings): InstanceFleetConfig => {
  const type = typeConfig(settings.emrCoreInstanceType);
  const common = { Name: 'core', InstanceFleetType: 'CORE' } as const;
  const { onDemand, spot } = workersOf(size, usesSpot(settings));
  if (spot === 0) return { ...common, TargetOnDemandCapacity: onDemand, InstanceTypeConfigs: [type] };
  return {
    ...common,
    TargetSpotCapacity: spot,
    InstanceTypeConfigs: [{ ...type, BidPriceAsPercentageOfOnDemandPrice: maximumSpotPercent(settings) }],
    LaunchSpecifications: {
      SpotSpecification: { TimeoutDurationMinutes: SPOT_TIMEOUT_MINUTES, TimeoutAction: 'SWITCH_TO_ON_DEMAND' },
    },
  };
};

/** On a node of 16 GB that is a whole cluster, HDFS, Zeppelin, Jupyter and a notebook's driver need what YARN would take as well. */
const alone = (type: InstanceTypeConfig): InstanceTypeConfig =>
  /^m\d\w*\.xlarge$/.test(type.InstanceType ?? '')
    ? {
        ...type,
        Configurations: [
          {
            Classification: 'yarn-site',
            Properties: {
              'yarn.nodemanager.resource.memory-mb': '8192',
              'yarn.scheduler.maximum-allocation-mb': '8192',
            },
          },
        ],
      }
    : type;

/**
 * One on-demand master, and above size 1 that many core nodes. Fleets, not groups: only they fall back from spot to
 * on-demand, and only they let EMR choose the subnet that has capacity.
 */
export const instanceFleets = (size: number, settings: EmrLaunchSettings): InstanceFleetConfig[] => {
  const type = typeConfig(settings.emrMasterInstanceType);
  return [
    {
      Name: 'master',
      InstanceFleetType: 'MASTER',
      TargetOnDemandCapacity: 1,
      InstanceTypeConfigs: [size > 1 ? type : alone(type)],
    },
    ...(size > 1 ? [coreFleet(size, settings)] : []),
  ];
};
