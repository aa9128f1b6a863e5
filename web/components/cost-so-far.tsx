import { toInstant } from '../../shared/domain/instant.ts';
import { costSoFar, type WorkloadCost } from '../../shared/domain/workload-cost.ts';
import { moneyText } from '../lib/amounts.ts';
import { useNow } from '../lib/use-now.ts';

const Running = ({ cost }: { readonly cost: WorkloadCost }) => {
  const now = useNow();
  return moneyText(costSoFar(cost, toInstant(now)), cost.currency);
};

/** What a cluster or run has cost. While it runs the amount is computed here: answers change only with their object. */
export const CostSoFar = ({ cost }: { readonly cost: WorkloadCost }) =>
  cost.soFar === undefined ? <Running cost={cost} /> : moneyText(cost.soFar, cost.currency);

/** The same with the rate, for a page about one of them. */
export const CostAndRate = ({ cost }: { readonly cost: WorkloadCost }) => (
  <>
    <CostSoFar cost={cost} /> ({moneyText(cost.hourly, cost.currency)} per hour)
  </>
);
