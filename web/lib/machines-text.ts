import type { Machines, ServerlessWorkers } from '../../shared/domain/machines.ts';
import { countText } from './amounts.ts';

/** `1 master + 2 workers = 3 × m7g.xlarge`. */
export const machinesText = (machines: readonly Machines[]): string => {
  const workers = machines.reduce((sum, { count }) => sum + count, 0) - 1;
  const nodes = workers === 0 ? '1 master' : `1 master + ${countText(workers, 'worker')}`;
  return `${nodes} = ${machines.map(({ count, instanceType }) => `${count} × ${instanceType}`).join(' + ')}`;
};

/** `1 driver + at most 2 executors = 3 × 4 vCPU, 16 GB`. */
export const serverlessWorkersText = ({ count, vCpu, memoryGb }: ServerlessWorkers): string =>
  `1 driver + at most ${countText(count - 1, 'executor')} = ${count} × ${vCpu} vCPU, ${memoryGb} GB`;
