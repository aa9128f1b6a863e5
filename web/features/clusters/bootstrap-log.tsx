import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { ClusterInstanceView } from '../../../shared/contract/routes/cluster-details.ts';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { useAddress } from '../../components/use-address.ts';
import { LogLines } from '../runs/log-lines.tsx';
import { ROLE_NAMES } from './instance-roles.ts';
import { mergedLog } from './merged-log.ts';
import { useInside } from './use-inside.ts';

const LATE = 'EMR copies logs about every five minutes and when the cluster ends.';

type Instances = readonly Pick<ClusterInstanceView, 'id' | 'role'>[];

interface InstanceChoiceProps {
  /** Those with a log. */
  readonly ids: readonly string[];
  readonly chosen: string;
  /** As far as EMR tells of them. */
  readonly known: Instances;
}

/** Which instance's log is shown. */
const InstanceChoice = ({ ids, chosen, known }: InstanceChoiceProps) => {
  const { show } = useAddress();
  const options = ids.map((value) => {
    const role = known.find(({ id }) => id === value)?.role;
    return { value, label: role === undefined ? value : `${value} (${ROLE_NAMES[role].toLowerCase()})` };
  });
  return (
    <div className="atmo-log-choice">
      <Select
        ariaLabel="Instance"
        options={options}
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        onChange={({ detail }) => show({ instance: detail.selectedOption.value })}
      />
    </div>
  );
};

interface LogOfInstanceProps {
  readonly cluster: ClusterView;
  readonly known: Instances;
}

const LogOfInstance = ({ cluster, known }: LogOfInstanceProps) => {
  const { parameters } = useAddress();
  // The API itself finds the instance that made a cluster fail.
  const byDefault = cluster.isFailed ? undefined : known.find(({ role }) => role === 'master')?.id;
  const query = useInside('getBootstrapLog', cluster, {
    id: cluster.id,
    instance: parameters.get('instance') ?? byDefault,
  });
  return (
    <Loaded query={query} what="the bootstrap log">
      {({ instances, instance, logs }) =>
        instance === null || instances.length === 0 ? (
          <EmptyState title="No bootstrap log yet" text={LATE} />
        ) : (
          <SpaceBetween size="s">
            {instances.length > 1 ? (
              <InstanceChoice ids={instances} chosen={instance} known={known} />
            ) : (
              <IdToCopy what="instance id" text={instance} />
            )}
            {logs.length === 0 ? (
              <EmptyState title="No bootstrap log of this instance yet" text={LATE} />
            ) : (
              <LogLines {...mergedLog(logs)} url={null} isGrowing={false} />
            )}
          </SpaceBetween>
        )
      }
    </Loaded>
  );
};

/** What the bootstrap actions printed, on the master first. */
const BootstrapLog = ({ cluster }: { readonly cluster: ClusterView }) => {
  const { data, isPending } = useInside('getClusterInstances', cluster, { id: cluster.id });
  return isPending ? (
    <Loading what="the bootstrap log" />
  ) : (
    <LogOfInstance cluster={cluster} known={data?.instances ?? []} />
  );
};

export default BootstrapLog;
