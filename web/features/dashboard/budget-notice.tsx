import Alert from '@cloudscape-design/components/alert';

import type { Me } from '../../../shared/contract/routes/portal.ts';
import { CURRENCY } from '../../../shared/domain/cost.ts';
import { moneyText } from '../../lib/amounts.ts';
import { useMe } from '../../lib/me.ts';

/** Whether the budget is one of the things that need attention. */
export const needsNotice = (budget: Me['budget']): budget is NonNullable<Me['budget']> =>
  budget !== null && budget.level !== 'ok';

/** Warns when the monthly budget is used or nearly used. */
export const BudgetNotice = () => {
  const { budget } = useMe();
  if (!needsNotice(budget)) return null;
  const isUsed = budget.level === 'exceeded';
  return (
    <Alert
      type={isUsed ? 'error' : 'warning'}
      header={isUsed ? 'Your budget is used up' : 'Your budget is nearly used up'}
    >
      {moneyText(budget.used, CURRENCY)} of {moneyText(budget.limit, CURRENCY)} this month; what runs counts until its
      end.
      {isUsed && ' Launches, extensions and runs are refused until next month, or until an admin raises it.'}
    </Alert>
  );
};
