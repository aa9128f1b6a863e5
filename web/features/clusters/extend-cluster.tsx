import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { CLUSTER_LIMITS } from '../../../shared/domain/cluster.ts';
import { plusHours } from '../../../shared/domain/instant.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { extendClusterBody } from '../../lib/contract.ts';
import { numberOf } from '../../lib/use-form.ts';
import { useChange } from '../../lib/use-route.ts';

const { minLifetime, maxLifetime, defaultLifetime } = CLUSTER_LIMITS;

/** Extends the lifetime of an active cluster. */
export const ExtendCluster = ({ cluster }: { readonly cluster: ClusterView }) => {
  const client = useQueryClient();
  const [hours, setHours] = useState(String(defaultLifetime));
  const { mutateAsync } = useChange('extendCluster', {
    outdates: ['listClusters'],
    onDone: (extended) => client.setQueryData(['getCluster', { id: extended.id }], extended),
  });
  const request = extendClusterBody.safeParse({ hours: numberOf(hours) ?? null });
  return (
    <ConfirmButton
      label="Extend"
      title="Extend the lifetime"
      confirmLabel="Extend"
      canConfirm={request.success}
      onConfirm={() => mutateAsync({ id: cluster.id, hours: Number(hours) })}
    >
      <NumberField
        label="Hours"
        description="Added to the current expiry time."
        constraintText={`${minLifetime} to ${maxLifetime} hours.`}
        value={hours}
        onChange={setHours}
        error={request.success ? undefined : request.error.issues[0]?.message}
      />
      {request.success && (
        <div>
          New end: <Moment at={plusHours(cluster.expiresAt, request.data.hours)} />
          <br />
          Costs {moneyText(cluster.cost.hourly * request.data.hours, cluster.cost.currency)} more.
        </div>
      )}
    </ConfirmButton>
  );
};
