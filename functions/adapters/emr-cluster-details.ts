import {
  ListStepsCommand,
  paginateListInstances,
  type EMRClient,
  type Instance,
  type InstanceFleetType,
  type StepSummary,
} from '@aws-sdk/client-emr';

import {
  rolesOf,
  type ClusterInstance,
  type ClusterStep,
  type InstanceRole,
} from '../../shared/domain/cluster-details.ts';
import type { WholeList } from '../../shared/domain/page.ts';
import type { ClusterDetails } from '../ports/cluster-details.ts';
import { fromAws } from './aws-errors.ts';
import { emrClient } from './emr-client.ts';
import { instantOf, isUnknownCluster } from './emr-on-ec2.ts';

const NOTHING = { items: [], isWhole: true } as const;

/** Of one role; EMR answers 50 at once. */
const MOST_INSTANCES = 500;

const FLEETS = { master: 'MASTER', core: 'CORE', task: 'TASK' } as const satisfies Record<
  InstanceRole,
  InstanceFleetType
>;

const joined = (...parts: readonly (string | undefined)[]): string | null =>
  parts.filter((part) => part !== undefined && part !== '').join(' ') || null;

const stepOf = ({ Id = '', Name = '', Status = {} }: StepSummary): ClusterStep => ({
  id: Id,
  name: Name,
  state: Status.State ?? '',
  reason:
    joined(Status.FailureDetails?.Reason, Status.FailureDetails?.Message) ?? joined(Status.StateChangeReason?.Message),
  createdAt: instantOf(Status.Timeline?.CreationDateTime),
  startedAt: instantOf(Status.Timeline?.StartDateTime),
  finishedAt: instantOf(Status.Timeline?.EndDateTime),
});

const instanceOf = (
  role: InstanceRole,
  { Ec2InstanceId = '', InstanceType = '', Market, Status = {} }: Instance,
): ClusterInstance => ({
  id: Ec2InstanceId,
  role,
  type: InstanceType,
  market: Market === 'SPOT' ? 'spot' : 'onDemand',
  state: Status.State ?? '',
  reason: joined(Status.StateChangeReason?.Message),
  createdAt: instantOf(Status.Timeline?.CreationDateTime),
  readyAt: instantOf(Status.Timeline?.ReadyDateTime),
  finishedAt: instantOf(Status.Timeline?.EndDateTime),
});

/** EMR forgets a cluster two months after its end. */
const orNothing = async <Item>(answer: Promise<WholeList<Item>>): Promise<WholeList<Item>> => {
  try {
    return await answer;
  } catch (error) {
    if (isUnknownCluster(error)) return NOTHING;
    return fromAws('EMR', Promise.reject(error as Error));
  }
};

/** All our clusters have instance fleets, one for each role: an instance itself does not tell its role. */
export const emrClusterDetails = (client: EMRClient = emrClient()): ClusterDetails => {
  const stepsOf = async (ClusterId: string): Promise<WholeList<ClusterStep>> => {
    const { Steps = [], Marker } = await client.send(new ListStepsCommand({ ClusterId }));
    return { items: Steps.map(stepOf), isWhole: Marker === undefined };
  };

  const instancesOf = async (ClusterId: string, role: InstanceRole): Promise<WholeList<ClusterInstance>> => {
    const items: ClusterInstance[] = [];
    const pages = paginateListInstances({ client }, { ClusterId, InstanceFleetType: FLEETS[role] });
    for await (const { Instances = [], Marker } of pages) {
      items.push(...Instances.map((instance) => instanceOf(role, instance)));
      if (items.length >= MOST_INSTANCES) return { items, isWhole: Marker === undefined };
    }
    return { items, isWhole: true };
  };

  return {
    async steps({ workload: { emrId } }) {
      return emrId === null ? NOTHING : orNothing(stepsOf(emrId));
    },

    async instances(cluster) {
      const { emrId } = cluster.workload;
      if (emrId === null) return NOTHING;
      const byRole = await Promise.all(rolesOf(cluster).map((role) => orNothing(instancesOf(emrId, role))));
      return { items: byRole.flatMap(({ items }) => items), isWhole: byRole.every(({ isWhole }) => isWhole) };
    },
  };
};
