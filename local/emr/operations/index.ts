import type { OperationName } from '../operation-names.ts';
import { describeCluster, listClusters, runJobFlow, terminateJobFlows } from './clusters.ts';
import { listBootstrapActions, listInstances } from './instances.ts';
import {
  createPersistentAppUi,
  describePersistentAppUi,
  getOnClusterAppUiUrl,
  getPersistentAppUiUrl,
} from './app-uis.ts';
import type { Operation } from './operation.ts';
import { getSession, getSessionEndpoint, listSessions, startSession, terminateSession } from './sessions.ts';
import { describeStep, listSteps } from './steps.ts';

/** Every operation by its name; a missing one does not compile. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  RunJobFlow: runJobFlow,
  ListClusters: listClusters,
  DescribeCluster: describeCluster,
  TerminateJobFlows: terminateJobFlows,
  ListSteps: listSteps,
  DescribeStep: describeStep,
  ListInstances: listInstances,
  ListBootstrapActions: listBootstrapActions,
  GetOnClusterAppUIPresignedURL: getOnClusterAppUiUrl,
  CreatePersistentAppUI: createPersistentAppUi,
  DescribePersistentAppUI: describePersistentAppUi,
  GetPersistentAppUIPresignedURL: getPersistentAppUiUrl,
  StartSession: startSession,
  GetSession: getSession,
  ListSessions: listSessions,
  GetSessionEndpoint: getSessionEndpoint,
  TerminateSession: terminateSession,
};
