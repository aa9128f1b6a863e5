/** Every operation this EMR knows; any other name is answered with `UnknownOperationException`. */
export const OPERATION_NAMES = [
  'RunJobFlow',
  'ListClusters',
  'DescribeCluster',
  'TerminateJobFlows',
  'ListSteps',
  'DescribeStep',
  'ListInstances',
  'ListBootstrapActions',
  'GetOnClusterAppUIPresignedURL',
  'CreatePersistentAppUI',
  'DescribePersistentAppUI',
  'GetPersistentAppUIPresignedURL',
  'StartSession',
  'GetSession',
  'ListSessions',
  'GetSessionEndpoint',
  'TerminateSession',
] as const;

export type OperationName = (typeof OPERATION_NAMES)[number];

export const isOperationName = (name: string): name is OperationName => OPERATION_NAMES.some((known) => known === name);
