import type { InstanceFleetConfig, InstanceTypeConfig } from '@aws-sdk/client-emr';

import { workersOf } from '../../shared/domain/cluster-nodes.ts';
import type { LaunchSettings } from '../../shared/domain/launch-settings.ts';
import { NODE_DISKS_GB } from '../../shared/domain/node-disks.ts';

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
const taskFleet = (
  nodes: number,
  { instanceTypes, maximumPricePercent }: NonNullable<LaunchSettings['spot']>,
): InstanceFleetConfig => ({
  Name: 'task',
  InstanceFleetType: 'TASK',
  TargetSpotCapacity: nodes,
  InstanceTypeConfigs: instanceTypes.map((instanceType) =>
    Object.assign(typeConfig(instanceType), { BidPriceAsPercentageOfOnDemandPrice: maximumPricePercent }),
  ),
  LaunchSpecifications: {
    SpotSpecification: {
      TimeoutDurationMinutes: SPOT_TIMEOUT_MINUTES,
      TimeoutAction: 'SWITCH_TO_ON_DEMAND',
      AllocationStrategy: 'price-capacity-optimized',
    },
  },
});

const workerFleets = (size: number, { coreInstanceType, spot }: LaunchSettings): InstanceFleetConfig[] => {
  const workers = workersOf(size, spot !== null);
  if (workers.onDemand === 0) return [];
  const core: InstanceFleetConfig = {
    Name: 'core',
    InstanceFleetType: 'CORE',
    TargetOnDemandCapacity: workers.onDemand,
    InstanceTypeConfigs: [typeConfig(coreInstanceType)],
  };
  return spot === null || workers.spot === 0 ? [core] : [core, taskFleet(workers.spot, spot)];
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
export const instanceFleets = (size: number, settings: LaunchSettings): InstanceFleetConfig[] => {
  const type = typeConfig(settings.masterInstanceType);
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
