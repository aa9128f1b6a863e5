import { applicationArn, callerArn, jobRunArn, sessionArn, type Place } from './arns.ts';
import type { ApplicationRecord, JobRunRecord, SessionRecord } from './records.ts';
import { billedOf } from './workers.ts';

/** Times as AWS's REST-JSON protocol sends them: seconds since the epoch. */
const seconds = (at: number): number => at / 1000;

const architectureOf = ({ request }: ApplicationRecord): string => request.architecture ?? 'X86_64';

export const applicationSummary = (application: ApplicationRecord, place: Place): Record<string, unknown> => ({
  id: application.id,
  name: application.request.name,
  arn: applicationArn(place, application.id),
  releaseLabel: application.request.releaseLabel,
  type: application.request.type,
  state: application.state,
  stateDetails: '',
  createdAt: seconds(application.createdAt),
  updatedAt: seconds(application.updatedAt),
  architecture: architectureOf(application),
});

export const applicationDescription = (application: ApplicationRecord, place: Place): Record<string, unknown> => {
  const { clientToken: _, tags: __, ...request } = application.request;
  const { id, ...summary } = applicationSummary(application, place);
  return { ...request, ...summary, applicationId: id, tags: application.tags };
};

export const jobRunSummary = (run: JobRunRecord, place: Place): Record<string, unknown> => ({
  applicationId: run.applicationId,
  id: run.id,
  name: run.request.name,
  mode: run.request.mode,
  arn: jobRunArn(place, run),
  createdBy: callerArn(place),
  createdAt: seconds(run.createdAt),
  updatedAt: seconds(run.updatedAt),
  executionRole: run.request.executionRoleArn,
  state: run.state,
  stateDetails: run.stateDetails,
  releaseLabel: run.releaseLabel,
  type: 'SPARK',
});

/** What a job run or a session used, as far as it is known. */
const usageOf = (work: JobRunRecord | SessionRecord): Record<string, unknown> => {
  const billed = billedOf(work);
  const { startedAt, endedAt } = work;
  return {
    ...(startedAt !== null && { startedAt: seconds(startedAt) }),
    ...(endedAt !== null && { endedAt: seconds(endedAt) }),
    ...(startedAt !== null &&
      endedAt !== null && { totalExecutionDurationSeconds: Math.round((endedAt - startedAt) / 1000) }),
    ...(billed !== undefined && { billedResourceUtilization: billed, totalResourceUtilization: billed }),
  };
};

export const jobRunDescription = (run: JobRunRecord, place: Place): Record<string, unknown> => {
  const { clientToken: _, executionRoleArn: __, tags: ___, ...request } = run.request;
  const { id, type: ____, ...summary } = jobRunSummary(run, place);
  return {
    ...request,
    ...summary,
    jobRunId: id,
    tags: run.tags,
    attempt: 1,
    queuedDurationMilliseconds: run.queuedMilliseconds,
    ...usageOf(run),
  };
};

export const sessionSummary = (session: SessionRecord, place: Place): Record<string, unknown> => ({
  applicationId: session.applicationId,
  sessionId: session.id,
  arn: sessionArn(place, session),
  name: session.request.name,
  state: session.state,
  stateDetails: session.stateDetails,
  releaseLabel: session.releaseLabel,
  executionRoleArn: session.request.executionRoleArn,
  createdBy: callerArn(place),
  createdAt: seconds(session.createdAt),
  updatedAt: seconds(session.updatedAt),
});

export const sessionDescription = (session: SessionRecord, place: Place): Record<string, unknown> => {
  const { clientToken: _, ...request } = session.request;
  return {
    ...request,
    ...sessionSummary(session, place),
    tags: session.tags,
    ...(session.idleSince !== null && { idleSince: seconds(session.idleSince) }),
    ...usageOf(session),
  };
};
