/** The nodes of a cluster beside its master, by the market they are bought on. */
export interface Workers {
  readonly onDemand: number;
  readonly spot: number;
}

/** Size 1 is the master alone; above that, size is the number of workers. What is launched and what is priced follow from this. */
export const workersOf = (size: number, useSpot: boolean): Workers => {
  const workers = size > 1 ? size : 0;
  return useSpot ? { onDemand: 0, spot: workers } : { onDemand: workers, spot: 0 };
};
