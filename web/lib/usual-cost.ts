import { percentile } from '../../shared/domain/usual-cost.ts';

/** An earlier cluster or session. */
export interface Earlier {
  readonly ownerId: string;
  readonly size: number;
  readonly startedAt: string | null;
  readonly cost: { readonly soFar?: number };
}

/** As many as tell what is usual, at most and at least. */
const MOST = 10;
const LEAST = 3;

interface Usual {
  readonly amount: number;
  readonly count: number;
}

/** The median of what the last of a size have cost their owner; null with too few that have ended. */
export const usualCost = (
  newestFirst: readonly Earlier[],
  { ownerId, size }: Pick<Earlier, 'ownerId' | 'size'>,
): Usual | null => {
  const costs = newestFirst
    .filter((each) => each.ownerId === ownerId && each.size === size && each.startedAt !== null)
    .flatMap(({ cost: { soFar } }) => soFar ?? [])
    .slice(0, MOST);
  if (costs.length < LEAST) return null;
  const ascending = costs.toSorted((a, b) => a - b);
  return { amount: percentile(ascending, 0.5), count: costs.length };
};
