import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { plusHours } from '../../../shared/domain/instant.ts';
import { LOWEST } from '../../../shared/domain/limits.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { extendClusterBody } from '../../lib/contract.ts';
import { useMe } from '../../lib/me.ts';
import { numberOf } from '../../lib/use-form.ts';
import { useChange } from '../../lib/use-route.ts';

/** The schema's message, or that of the settings' own limit. */
const lifetimeProblem = (hours: number | undefined, maxLifetime: number): string | undefined => {
  const result = extendClusterBody.safeParse({ hours: hours ?? null });
  if (!result.success) return result.error.issues[0]?.message;
  return Number(hours) > maxLifetime ? `Extend by at most ${maxLifetime} hours at a time.` : undefined;
};

/** Extends the lifetime of an active cluster. */
export const ExtendCluster = ({ cluster }: { readonly cluster: ClusterView }) => {
  const client = useQueryClient();
  const { maxLifetime, defaultLifetime } = useMe().limits;
  const [hours, setHours] = useState(String(defaultLifetime));
  const { mutateAsync } = useChange('extendCluster', {
    outdates: ['listClusters'],
    onDone: (extended) => client.setQueryData(['getCluster', { id: extended.id }], extended),
  });
  const given = numberOf(hours);
  const problem = lifetimeProblem(given, maxLifetime);
  return (
    <ConfirmButton
      label="Extend"
      title="Extend the lifetime"
      confirmLabel="Extend"
      canConfirm={problem === undefined}
      onConfirm={() => mutateAsync({ id: cluster.id, hours: Number(hours) })}
    >
      <NumberField
        label="Hours"
        description="Added to the current expiry time."
        constraintText={`${LOWEST.lifetime} to ${maxLifetime} hours.`}
        value={hours}
        onChange={setHours}
        error={problem}
      />
      {problem === undefined && given !== undefined && (
        <div>
          New end: <Moment at={plusHours(cluster.expiresAt, given)} />
          <br />
          Costs {moneyText(cluster.cost.hourly * given, cluster.cost.currency)} more.
        </div>
      )}
    </ConfirmButton>
  );
};
