import Box from '@cloudscape-design/components/box';

import { CURRENCY } from '../../shared/domain/cost.ts';
import { countText, moneyText } from '../lib/amounts.ts';
import { useMe } from '../lib/me.ts';
import { usualCost, type Earlier } from '../lib/usual-cost.ts';

interface UsualCostProps {
  /** Undefined until they are read. */
  readonly earlier: readonly Earlier[] | undefined;
  readonly size: number | undefined;
  /** One of them, as in "cluster". */
  readonly noun: string;
}

/** What a person's own have cost so far, beside the most that the next one can. */
export const UsualCost = ({ earlier, size, noun }: UsualCostProps) => {
  const { id } = useMe();
  const usual = earlier === undefined || size === undefined ? null : usualCost(earlier, { ownerId: id, size });
  return (
    usual !== null && (
      <Box fontSize="body-s">
        Usually {moneyText(usual.amount, CURRENCY)}: the median of your last {countText(usual.count, noun)} of this
        size.
      </Box>
    )
  );
};
