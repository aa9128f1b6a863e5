import type { InstanceFleetConfig, InstanceTypeConfig } from '@aws-sdk/client-emr';

import { workersOf } from '../../shared/domain/cluster-nodes.ts';
import { NODE_DISKS_GB } from '../../shared/domain/node-disks.ts';
import { maximumSpotPercent, spotInstanceTypes, usesSpot, type EmrLaunchSettings } from './emr-launch-settings.ts';

/** Minutes, EMR's minimum, since a person is waiting for the cluster. */
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

/** Workers that the market may take away: they hold no HDFS, and any of several types will do. */
const taskFleet = (spot: number, settings: EmrLaunchSettings): InstanceFleetConfig => ({
  Name: 'task',
  InstanceFleetType: 'TASK',
  TargetSpotCapacity: spot,
  InstanceTypeConfigs: spotInstanceTypes(settings).map((instanceType) =>
    Object.assign(typeConfig(instanceType), { BidPriceAsPercentageOfOnDemandPrice: maximumSpotPercent(settings) }),
  ),
  LaunchSpecifications: {
    SpotSpecification: {
      TimeoutDurationMinutes: SPOT_TIMEOUT_MINUTES,
      TimeoutAction: 'SWITCH_TO_ON_DEMAND',
      AllocationStrategy: 'price-capacity-optimized',
    },
  },
});

const workerFleets = (size: number, settings: EmrLaunchSettings): InstanceFleetConfig[] => {
  const { onDemand, spot } = workersOf(size, usesSpot(settings));
  if (onDemand === 0) return [];
  const core: InstanceFleetConfig = {
    Name: 'core',
    InstanceFleetType: 'CORE',
    TargetOnDemandCapacity: onDemand,
    InstanceTypeConfigs: [typeConfig(settings.emrCoreInstanceType)],
  };
  return spot === 0 ? [core] : [core, taskFleet(spot, settings)];
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
 * One on-demand master, and above size 1 that many workers, of which some may be spot task nodes. Fleets, not groups: only they fall back from spot to
 * on-demand, and let EMR choose a subnet with capacity.
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
    ...workerFleets(size, settings),
  ];
};
