import {
  CancelJobRunCommand,
  GetJobRunCommand,
  paginateListJobRuns,
  type EMRServerlessClient,
  type JobRun,
  type JobRunState,
  type JobRunSummary,
  type ResourceUtilization,
} from '@aws-sdk/client-emr-serverless';

import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { phaseOfState, statesOf, statusReason, type StatusReason } from '../../shared/domain/engine.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import { emrIdOf, jobRunIdOf } from '../../shared/domain/serverless-ids.ts';
import { QUEUE_TIMEOUT, TIMED_OUT } from '../../shared/domain/run-reasons.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import type { EmrEngine } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { serverlessWork } from './emr-serverless-work.ts';

interface EmrServerlessOptions {
  readonly client: EMRServerlessClient;
  readonly clock: Clock;
  /** US dollars for what was billed. */
  readonly costOf: (usage: ResourceUtilization) => number;
}

/** Seconds that the driver gets to store its results: the runner gives itself 85. */
const GRACE_SECONDS = 90;

const instantOf = (time: Date | undefined): Instant | null => (time === undefined ? null : toInstant(time));

/** EMR Serverless gives no codes: these stand for what it says, in EMR's own words where EMR has one. */
const codeOf = (state: JobRunState, details: string): string => {
  if (state === 'FAILED') return /internal error|service error/i.test(details) ? 'INTERNAL_ERROR' : 'STEP_FAILURE';
  if (/queue/i.test(details) && /time/i.test(details)) return QUEUE_TIMEOUT;
  return /timed? ?out|exceeded/i.test(details) ? TIMED_OUT : 'USER_REQUEST';
};

const reasonOf = (state: JobRunState | undefined, details: string): StatusReason | null =>
  state === 'FAILED' || state === 'CANCELLED' ? statusReason(codeOf(state, details), details) : null;

/** Job runs on EMR Serverless, except launching. All these calls may be repeated, and the SDK does. */
export const emrServerlessEngine = (
  environment: string,
  { client, clock, costOf }: EmrServerlessOptions,
): EmrEngine => {
  /** Null until EMR Serverless says it, which it never does of a job run whose driver did not start. */
  const billedFor = ({ billedResourceUtilization: usage, startedAt }: JobRun, isFinal: boolean): number | null => {
    if (usage !== undefined) return costOf(usage);
    return isFinal && startedAt === undefined ? 0 : null;
  };

  /** Null for a state unknown to this release of the portal. */
  const observationOf = (run: JobRun | JobRunSummary, jobRunId: string | undefined): EmrObservation | null => {
    const state = statesOf('serverless').find((known) => known === run.state);
    const { applicationId } = run;
    if (state === undefined || jobRunId === undefined || applicationId === undefined) return null;
    const isFinal = phaseOfState('serverless', state) === 'ended';
    const details = 'jobRunId' in run ? run : null;
    return {
      emrId: emrIdOf({ applicationId, jobRunId }),
      runToken: runTokenIn(run.name ?? '', environment),
      state,
      // A list tells no reason: null asks for the details.
      reason: details === null ? null : reasonOf(run.state, run.stateDetails ?? ''),
      createdAt: instantOf(run.createdAt),
      readyAt: instantOf(details?.startedAt),
      finishedAt: isFinal ? (instantOf(details?.endedAt) ?? instantOf(run.updatedAt)) : null,
      masterAddress: null,
      normalizedInstanceHours: null,
      billed: details === null ? null : billedFor(details, isFinal),
      observedAt: clock.now(),
    };
  };

  return serverlessWork(environment, client, {
    engine: 'serverless',
    async get(emrId) {
      const { jobRun } = await client.send(new GetJobRunCommand(jobRunIdOf(emrId)));
      return { state: jobRun?.state, seen: jobRun === undefined ? null : observationOf(jobRun, jobRun.jobRunId) };
    },
    async *pages(applicationId, states, createdAfter) {
      const since = createdAfter === undefined ? {} : { createdAtAfter: new Date(createdAfter) };
      for await (const { jobRuns = [] } of paginateListJobRuns(
        { client },
        { applicationId, states: [...states], ...since },
      )) {
        yield jobRuns.map((run) => observationOf(run, run.id));
      }
    },
    end: (emrId) =>
      client.send(new CancelJobRunCommand({ ...jobRunIdOf(emrId), shutdownGracePeriodInSeconds: GRACE_SECONDS })),
  });
};
