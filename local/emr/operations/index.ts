import type { OperationName } from '../operation-names.ts';
import { describeCluster, listClusters, runJobFlow, setTerminationProtection, terminateJobFlows } from './clusters.ts';
import { listBootstrapActions, listInstanceFleets, listInstanceGroups, listInstances } from './instances.ts';
import type { Operation } from './operation.ts';
import { addJobFlowSteps, cancelSteps, describeStep, listSteps } from './steps.ts';
import {
  addTags,
  getAutoTerminationPolicy,
  listReleaseLabels,
  putAutoTerminationPolicy,
  removeAutoTerminationPolicy,
  removeTags,
} from './tags-and-policies.ts';

/** Every operation by its name; a missing one does not compile. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  RunJobFlow: runJobFlow,
  ListClusters: listClusters,
  DescribeCluster: describeCluster,
  TerminateJobFlows: terminateJobFlows,
  ListSteps: listSteps,
  DescribeStep: describeStep,
  AddJobFlowSteps: addJobFlowSteps,
  CancelSteps: cancelSteps,
  ListInstanceGroups: listInstanceGroups,
  ListInstanceFleets: listInstanceFleets,
  ListInstances: listInstances,
  ListBootstrapActions: listBootstrapActions,
  SetTerminationProtection: setTerminationProtection,
  AddTags: addTags,
  RemoveTags: removeTags,
  PutAutoTerminationPolicy: putAutoTerminationPolicy,
  GetAutoTerminationPolicy: getAutoTerminationPolicy,
  RemoveAutoTerminationPolicy: removeAutoTerminationPolicy,
  ListReleaseLabels: listReleaseLabels,
};
