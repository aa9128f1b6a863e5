import Alert from '@cloudscape-design/components/alert';

import { moneyText } from '../../lib/amounts.ts';
import { useMe } from '../../lib/me.ts';

/** From this part of the budget on, its owner is warned. */
const WARNING_SHARE = 0.8;

/** Says when the month's budget is nearly or wholly spent. */
export const BudgetNotice = () => {
  const { budget } = useMe();
  if (budget === null || budget.spent < WARNING_SHARE * budget.monthly) return null;
  const isSpent = budget.spent >= budget.monthly;
  return (
    <Alert
      type={isSpent ? 'error' : 'warning'}
      header={isSpent ? 'Your budget is spent' : 'Your budget is nearly spent'}
    >
      {moneyText(budget.spent, budget.currency)} of {moneyText(budget.monthly, budget.currency)} this month.
      {isSpent && ' Launches are refused until next month, or until an admin raises it.'}
    </Alert>
  );
};
