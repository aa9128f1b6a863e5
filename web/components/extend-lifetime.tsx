import { useState } from 'react';

import type { ClusterView } from '../../shared/contract/cluster.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { LOWEST } from '../../shared/domain/limits.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Moment } from './moment.tsx';
import { NumberField } from './number-field.tsx';
import { moneyText } from '../lib/amounts.ts';
import { extendClusterBody } from '../lib/contract.ts';
import { useMe } from '../lib/me.ts';
import { numberOf } from '../lib/use-form.ts';

/** The schema's message, or that of the settings' own limit. */
const lifetimeProblem = (hours: number | undefined, maxLifetime: number): string | undefined => {
  const result = extendClusterBody.safeParse({ hours: hours ?? null });
  if (!result.success) return result.error.issues[0]?.message;
  return Number(hours) > maxLifetime ? `Extend by at most ${maxLifetime} hours at a time.` : undefined;
};

interface ExtendLifetimeProps {
  readonly of: Pick<ClusterView, 'expiresAt' | 'cost'>;
  readonly onExtend: (hours: number) => Promise<unknown>;
}

/** Extends the lifetime of an active cluster or session. */
export const ExtendLifetime = ({ of: { expiresAt, cost }, onExtend }: ExtendLifetimeProps) => {
  const { maxLifetime, defaultLifetime } = useMe().limits;
  const [hours, setHours] = useState(String(defaultLifetime));
  const given = numberOf(hours);
  const problem = lifetimeProblem(given, maxLifetime);
  return (
    <ConfirmButton
      label="Extend"
      title="Extend the lifetime"
      confirmLabel="Extend"
      canConfirm={problem === undefined}
      onConfirm={() => onExtend(Number(hours))}
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
          New end: <Moment at={plusHours(expiresAt, given)} />
          <br />
          Costs {moneyText(cost.hourly * given, cost.currency)} more.
        </div>
      )}
    </ConfirmButton>
  );
};
