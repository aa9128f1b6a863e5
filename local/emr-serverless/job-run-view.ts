import type { JobRunRecord, JobRunState } from './records.ts';

/** A job run as `GET /local/emr-serverless/job-runs` shows it; times are ISO 8601. */
export interface JobRunView {
  readonly id: string;
  readonly applicationId: string;
  readonly name: string;
  readonly state: JobRunState;
  readonly stateDetails: string;
  readonly releaseLabel: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly clientToken: string;
  readonly entryPoint: string;
  readonly arguments: readonly string[];
  readonly sparkSubmitParameters: string;
  readonly policy: string | null;
  readonly executionTimeoutMinutes: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const jobRunView = ({ request, ...run }: JobRunRecord): JobRunView => {
  const { sparkSubmit } = request.jobDriver;
  return {
    id: run.id,
    applicationId: run.applicationId,
    name: request.name ?? '',
    state: run.state,
    stateDetails: run.stateDetails,
    releaseLabel: run.releaseLabel,
    tags: run.tags,
    clientToken: request.clientToken,
    entryPoint: sparkSubmit.entryPoint,
    arguments: sparkSubmit.entryPointArguments,
    sparkSubmitParameters: sparkSubmit.sparkSubmitParameters,
    policy: request.executionIamPolicy?.policy ?? null,
    executionTimeoutMinutes: request.executionTimeoutMinutes,
    createdAt: new Date(run.createdAt).toISOString(),
    startedAt: isoOrNull(run.startedAt),
    endedAt: isoOrNull(run.endedAt),
  };
};
