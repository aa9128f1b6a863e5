/** The nodes of a cluster beside its master, by the market they are bought on. */
export interface Workers {
  readonly onDemand: number;
  readonly spot: number;
}

/**
 * Size 1 is the master alone; above that, size is the number of workers. What is launched and what is priced follow from this.
 * With spot, one worker in three stays on demand: HDFS lies on those, which the market cannot take away.
 */
export const workersOf = (size: number, useSpot: boolean): Workers => {
  const workers = size > 1 ? size : 0;
  const onDemand = useSpot ? Math.ceil(workers / 3) : workers;
  return { onDemand, spot: workers - onDemand };
};

/** All nodes, with the master. */
export const nodesOf = (size: number): number => {
  const { onDemand, spot } = workersOf(size, false);
  return 1 + onDemand + spot;
};
