const NAMES: Readonly<Record<string, string>> = { cluster: 'Clusters', session: 'Sessions', run: 'Runs of Spark jobs' };

/** A kind of workload, in the plural. */
export const kindName = (kind: string): string => NAMES[kind] ?? kind;
