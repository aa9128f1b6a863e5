import { CURRENCY } from '../../shared/domain/cost.ts';
import type { BudgetView } from '../../shared/contract/budget-views.ts';
import { moneyText } from '../lib/amounts.ts';

/** How much of a budget is used. */
export const BudgetBar = ({ budget: { limit, used } }: { readonly budget: Pick<BudgetView, 'limit' | 'used'> }) => {
  const text = `${moneyText(used, CURRENCY)} of ${moneyText(limit, CURRENCY)}`;
  return (
    <div className="atmo-budget">
      <meter
        aria-label="Budget used"
        min={0}
        max={Math.max(limit, used, 0.01)}
        high={limit * 0.8}
        optimum={0}
        value={used}
      >
        {text}
      </meter>
      <div>{text}</div>
    </div>
  );
};
