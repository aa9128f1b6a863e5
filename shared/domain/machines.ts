import { workersOf } from './cluster-nodes.ts';

/** Machines of one type. */
export interface Machines {
  readonly count: number;
  readonly instanceType: string;
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
