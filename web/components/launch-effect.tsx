import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

import type { BudgetEffect } from '../../shared/contract/budget-views.ts';
import { CURRENCY } from '../../shared/domain/cost.ts';
import type { Machines } from '../../shared/domain/machines.ts';
import { moneyText } from '../lib/amounts.ts';
import { machinesText } from '../lib/machines-text.ts';

interface LaunchEffectProps {
  /** Left out where they come and go with the work. */
  readonly machines?: readonly Machines[];
  readonly budget: BudgetEffect;
  /** What is counted, as in "With this cluster". */
  readonly what: string;
}

/** What is launched, and what that does to the person's budget. */
export const LaunchEffect = ({ machines, budget: { limit, used, added, refusal }, what }: LaunchEffectProps) => (
  <>
    {machines !== undefined && machines.length > 0 && <Box fontSize="body-s">{machinesText(machines)}</Box>}
    {limit !== null && (
      <Box fontSize="body-s">
        Budget this month: {moneyText(used, CURRENCY)} of {moneyText(limit, CURRENCY)} used. With {what}:{' '}
        {moneyText(used + added, CURRENCY)}.
      </Box>
    )}
    {refusal !== null && (
      <Alert type="warning" header="This would be refused">
        {refusal}
      </Alert>
    )}
  </>
);
