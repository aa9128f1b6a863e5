import type { OperationName } from '../routes.ts';
import {
  createApplication,
  deleteApplication,
  getApplication,
  listApplications,
  startApplication,
  stopApplication,
  updateApplication,
} from './applications.ts';
import { cancelJobRun, getJobRun, listJobRuns, startJobRun } from './job-runs.ts';
import { getDashboardForJobRun, getResourceDashboard } from './dashboards.ts';
import type { Operation } from './operation.ts';
import { getSession, getSessionEndpoint, listSessions, startSession, terminateSession } from './sessions.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

/** Every operation by its name; a missing one does not compile. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  CreateApplication: createApplication,
  ListApplications: listApplications,
  GetApplication: getApplication,
  UpdateApplication: updateApplication,
  DeleteApplication: deleteApplication,
  StartApplication: startApplication,
  StopApplication: stopApplication,
  StartJobRun: startJobRun,
  ListJobRuns: listJobRuns,
  GetJobRun: getJobRun,
  CancelJobRun: cancelJobRun,
  StartSession: startSession,
  ListSessions: listSessions,
  GetSession: getSession,
  TerminateSession: terminateSession,
  GetSessionEndpoint: getSessionEndpoint,
  GetResourceDashboard: getResourceDashboard,
  GetDashboardForJobRun: getDashboardForJobRun,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
