import type { Machines } from '../../shared/domain/machines.ts';
import { countText } from './amounts.ts';

/** `1 master + 2 workers = 3 × m7g.xlarge`. */
export const machinesText = (machines: readonly Machines[]): string => {
  const workers = machines.reduce((sum, { count }) => sum + count, 0) - 1;
  const nodes = workers === 0 ? '1 master' : `1 master + ${countText(workers, 'worker')}`;
  return `${nodes} = ${machines.map(({ count, instanceType }) => `${count} × ${instanceType}`).join(' + ')}`;
};
