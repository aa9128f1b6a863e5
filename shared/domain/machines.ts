import { workersOf } from './cluster-nodes.ts';
import type { ServerlessWorker } from './serverless-cost.ts';

/** Machines of one type. */
export interface Machines {
  readonly count: number;
  readonly instanceType: string;
}

/** Workers of one shape on EMR Serverless. */
export interface ServerlessWorkers extends ServerlessWorker {
  /** At most, the driver included. */
  readonly count: number;
}

/** The machines of a cluster, the master's type first; one entry where all are of one type. */
export const machinesOf = (
  { masterInstanceType, coreInstanceType }: { readonly masterInstanceType: string; readonly coreInstanceType: string },
  size: number,
): readonly Machines[] => {
  const { onDemand: workers } = workersOf(size, false);
  if (workers === 0) return [{ count: 1, instanceType: masterInstanceType }];
  if (masterInstanceType === coreInstanceType) return [{ count: 1 + workers, instanceType: masterInstanceType }];
  return [
    { count: 1, instanceType: masterInstanceType },
    { count: workers, instanceType: coreInstanceType },
  ];
};
