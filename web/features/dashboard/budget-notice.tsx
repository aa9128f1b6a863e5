import Alert from '@cloudscape-design/components/alert';

import { moneyText } from '../../lib/amounts.ts';
import { useMe } from '../../lib/me.ts';

/** Share of the budget from which the person is warned. */
const WARNING_SHARE = 0.8;

/** Warns when the monthly budget is spent or nearly spent. */
export const BudgetNotice = () => {
  const { budget } = useMe();
  if (budget === null || budget.spent < WARNING_SHARE * budget.monthly) return null;
  const isSpent = budget.spent >= budget.monthly;
  return (
    <Alert
      type={isSpent ? 'error' : 'warning'}
      header={isSpent ? 'Your budget is used up' : 'Your budget is nearly used up'}
    >
      {moneyText(budget.spent, budget.currency)} of {moneyText(budget.monthly, budget.currency)} this month.
      {isSpent && ' Launches are refused until next month, or until an admin raises it.'}
    </Alert>
  );
};
