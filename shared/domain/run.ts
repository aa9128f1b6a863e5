import type { StatusReason } from './engine.ts';
import { plusHours, type Instant } from './instant.ts';
import type { Parameters } from './parameters.ts';
import { QUEUE_TIMEOUT, TIMED_OUT } from './run-reasons.ts';
import { endingOfWorkload, type Workload } from './workload.ts';

export const RUN_OUTCOMES = ['succeeded', 'failed', 'timedOut', 'cancelled', 'missed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

export const RUN_TRIGGERS = ['schedule', 'manual', 'firstRun'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** The failed cell, from a run's `outcome.json`. */
export interface CellFailure {
  readonly cell: number | null;
  readonly source: string;
  readonly errorName: string;
  readonly errorValue: string;
  readonly traceback: string;
}

/** One execution of a Spark job. Its settings are those of the job when it began. */
export interface Run {
  /** Sorts by time of planning; names the folder of its results. */
  readonly id: string;
  readonly number: number;
  readonly jobId: string;
  readonly jobIdentifier: string;
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly ownerEmail: string;
  readonly trigger: RunTrigger;
  /** The scheduled time of this run; for a manual run the time of the request. */
  readonly occurrence: Instant;
  /** The workflow execution that owns this claim; null until one has taken it. */
  readonly claimedBy: string | null;
  readonly workload: Workload;
  /** Null until the run is final. */
  readonly outcome: RunOutcome | null;
  /** The portal's reason, if the notebook's outcome tells more than EMR. */
  readonly reason: StatusReason | null;
  readonly emrRelease: string;
  readonly size: number;
  /** Hours. */
  readonly timeout: number;
  readonly parameters: Parameters;
  readonly notebookKind: 'jupyter' | 'zeppelin';
  readonly notebookKey: string;
  readonly notebookVersion: string;
  readonly resultVisibility: 'private' | 'public';
  readonly scheduledAt: Instant;
  readonly failure: CellFailure | null;
  /** Step Functions task token of the waiting execution; never sent to clients. */
  readonly taskToken: string | null;
  /** SHA-256 of the secret that its step exchanges for credentials; null until EMR is asked for the run. */
  readonly secretHash: string | null;
  /** As `Cluster.usageClosedAt`. */
  readonly usageClosedAt: Instant | null;
  readonly modifiedAt: Instant;
  /** The job item's version when this was written, so that history never goes back. */
  readonly version: number;
}

export const isFinalRun = ({ outcome }: Pick<Run, 'outcome'>): boolean => outcome !== null;

/** Timed out: the planned time plus the timeout has passed and the run is not final. */
export const hasTimedOut = (run: Pick<Run, 'outcome' | 'scheduledAt' | 'timeout'>, now: Instant): boolean =>
  !isFinalRun(run) && plusHours(run.scheduledAt, run.timeout) <= now;

/** The outcome of a run whose workload has ended. A requested termination has its own outcomes. */
export const outcomeOf = (workload: Workload): RunOutcome | null => {
  const { termination, emrId } = workload;
  const ending = endingOfWorkload(workload);
  if (ending === null) return null;
  if (termination !== null) return termination.reason === 'timedOut' ? 'timedOut' : 'cancelled';
  if (ending === 'completed') return 'succeeded';
  // EMR Serverless ends a run by itself at its own limits.
  if (workload.reason?.code === QUEUE_TIMEOUT) return 'missed';
  if (workload.reason?.code === TIMED_OUT) return 'timedOut';
  if (ending === 'failed') return 'failed';
  // Without an EMR id the claim was given up.
  return emrId === null ? 'missed' : 'cancelled';
};

/** Why the run ended, or EMR's reason for the last state change. */
export const reasonOf = ({ reason, workload }: Pick<Run, 'reason' | 'workload'>): StatusReason | null =>
  reason ?? workload.reason;

/** An instant without punctuation: `20261123T060000000Z`. */
export const compactInstant = (instant: Instant): string => instant.replaceAll(/[-:.]/g, '');

/** Sorts by time and is safe in S3 keys and Step Functions names: `20261123T060000000Z-<token>`. */
export const runIdFor = (plannedAt: Instant, runToken: string): string => `${compactInstant(plannedAt)}-${runToken}`;

/** The token that a run was planned with. Its workload has another one after it was launched again. */
export const plannedTokenOf = ({ id }: Pick<Run, 'id'>): string => id.slice(id.indexOf('-') + 1);

/** Prefix of the run's results in the bucket of its visibility. */
export const resultsPrefix = ({ id, jobIdentifier }: Pick<Run, 'id' | 'jobIdentifier'>): string =>
  `${jobIdentifier}/runs/${id}/`;

/** Prefix of the run's logs in the log bucket; EMR appends the jobflow id. */
export const logsPrefix = ({ jobIdentifier, scheduledAt }: Pick<Run, 'jobIdentifier' | 'scheduledAt'>): string =>
  `jobs/${jobIdentifier}/${compactInstant(scheduledAt)}/`;

/** Key of the run's parameters in the notebooks bucket, where the run-notebook step reads them. */
export const parametersKey = ({ jobId, id }: Pick<Run, 'jobId' | 'id'>): string =>
  `jobs/${jobId}/runs/${id}/parameters.json`;
