/** Every operation this EMR knows; any other name is answered with `UnknownOperationException`. */
export const OPERATION_NAMES = [
  'RunJobFlow',
  'ListClusters',
  'DescribeCluster',
  'TerminateJobFlows',
  'ListSteps',
  'DescribeStep',
  'AddJobFlowSteps',
  'CancelSteps',
  'ListInstanceGroups',
  'ListInstanceFleets',
  'ListInstances',
  'ListBootstrapActions',
  'SetTerminationProtection',
  'AddTags',
  'RemoveTags',
  'PutAutoTerminationPolicy',
  'GetAutoTerminationPolicy',
  'RemoveAutoTerminationPolicy',
  'ListReleaseLabels',
] as const;

export type OperationName = (typeof OPERATION_NAMES)[number];

export const isOperationName = (name: string): name is OperationName => OPERATION_NAMES.some((known) => known === name);
