import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

import type { BudgetEffect } from '../../shared/contract/budget-views.ts';
import { CURRENCY } from '../../shared/domain/cost.ts';
import type { Machines, ServerlessWorkers } from '../../shared/domain/machines.ts';
import { moneyText } from '../lib/amounts.ts';
import { machinesText, serverlessWorkersText } from '../lib/machines-text.ts';

interface LaunchEffectProps {
  /** Of a cluster. */
  readonly machines?: readonly Machines[];
  /** Of EMR Serverless. */
  readonly workers?: ServerlessWorkers | null;
  readonly budget: BudgetEffect;
  /** What is counted, as in "With this cluster". */
  readonly what: string;
}

/** What is launched, and what that does to the person's budget. */
export const LaunchEffect = ({
  machines,
  workers = null,
  budget: { limit, used, added, refusal },
  what,
}: LaunchEffectProps) => (
  <>
    {machines !== undefined && machines.length > 0 && <Box fontSize="body-s">{machinesText(machines)}</Box>}
    {workers !== null && <Box fontSize="body-s">{serverlessWorkersText(workers)}</Box>}
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
