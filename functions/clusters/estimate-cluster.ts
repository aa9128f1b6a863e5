import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { CURRENCY, hourlyCost, PRICES_AS_OF, totalCost, type InstanceTypes } from '../../shared/domain/cost.ts';
import type { Person } from '../../shared/domain/person.ts';
import { sizeError } from './launch-rules.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';

type Route = Routes['estimateCluster'];

/** @throws InvalidInput for a size that the person may not launch */
export const estimateCluster =
  ({ instanceTypes }: { readonly instanceTypes: InstanceTypes }) =>
  async ({ size, lifetime }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const refused = sizeError(size, person);
    if (refused !== null) throw new InvalidInput([refused]);
    const hourly = hourlyCost(size, instanceTypes);
    return { hourly, total: totalCost(hourly, lifetime), currency: CURRENCY, asOf: PRICES_AS_OF };
  };
