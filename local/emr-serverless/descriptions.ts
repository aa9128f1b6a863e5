import { applicationArn, callerArn, jobRunArn, type Place } from './arns.ts';
import type { ApplicationRecord, JobRunRecord } from './records.ts';
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

export const jobRunDescription = (run: JobRunRecord, place: Place): Record<string, unknown> => {
  const { clientToken: _, executionRoleArn: __, tags: ___, ...request } = run.request;
  const { id, type: ____, ...summary } = jobRunSummary(run, place);
  const billed = billedOf(run);
  const { startedAt, endedAt } = run;
  return {
    ...request,
    ...summary,
    jobRunId: id,
    tags: run.tags,
    attempt: 1,
    queuedDurationMilliseconds: run.queuedMilliseconds,
    ...(startedAt !== null && { startedAt: seconds(startedAt) }),
    ...(endedAt !== null && { endedAt: seconds(endedAt) }),
    ...(startedAt !== null &&
      endedAt !== null && { totalExecutionDurationSeconds: Math.round((endedAt - startedAt) / 1000) }),
    ...(billed !== undefined && { billedResourceUtilization: billed, totalResourceUtilization: billed }),
  };
};
