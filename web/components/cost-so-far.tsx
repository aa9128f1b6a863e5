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

interface Lease {
  readonly cost: WorkloadCost;
  readonly isActive: boolean;
  readonly termination: object | null;
  readonly expiresAt: string;
}

/** For a list of facts: what a cluster or session will have cost at its expiry. Nothing of one that ends before. */
export const costAtExpiry = ({ cost, isActive, termination, expiresAt }: Lease) =>
  isActive && termination === null && cost.since !== null
    ? [{ label: 'Cost at expiry', value: moneyText(costSoFar(cost, toInstant(Date.parse(expiresAt))), cost.currency) }]
    : [];

/** The cost so far and the rate, for a page about one of them. */
export const CostAndRate = ({ cost }: { readonly cost: WorkloadCost }) => (
  <>
    <CostSoFar cost={cost} /> ({moneyText(cost.hourly, cost.currency)} per hour)
  </>
);
