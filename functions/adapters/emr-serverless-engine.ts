import {
  CancelJobRunCommand,
  GetJobRunCommand,
  paginateListApplications,
  paginateListJobRuns,
  type EMRServerlessClient,
  type JobRun,
  type JobRunState,
  type JobRunSummary,
  type ResourceUtilization,
} from '@aws-sdk/client-emr-serverless';

import { isApplicationName, runTokenIn } from '../../shared/domain/emr-name.ts';
import { phaseOfState, statesOf, statusReason, type StatusReason } from '../../shared/domain/engine.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import { emrIdOf, jobRunIdOf } from '../../shared/domain/serverless-ids.ts';
import { QUEUE_TIMEOUT, TIMED_OUT } from '../../shared/domain/run-reasons.ts';
import type { EmrObservation } from '../../shared/domain/workload.ts';
import type { EmrEngine } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { fromAws, isAwsError } from './aws-errors.ts';
import { isUnknown } from './emr-serverless-application.ts';

interface EmrServerlessOptions {
  readonly client: EMRServerlessClient;
  readonly clock: Clock;
  /** US dollars for what was billed. */
  readonly costOf: (usage: ResourceUtilization) => number;
}

/** Seconds that the driver gets to store its results: the runner gives itself 85. */
const GRACE_SECONDS = 90;

/** Applications to which a job run may belong that still goes on. */
const LIVING = ['CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED'] as const;

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

  const described = async (emrId: string): Promise<JobRun | undefined> => {
    try {
      return (await client.send(new GetJobRunCommand(jobRunIdOf(emrId)))).jobRun;
    } catch (error) {
      if (isUnknown(error)) return undefined;
      return fromAws('EMR Serverless', Promise.reject(error as Error));
    }
  };

  const describe = async (emrId: string): Promise<EmrObservation | null> => {
    const run = await described(emrId);
    if (run === undefined) return null;
    const seen = observationOf(run, run.jobRunId);
    if (seen !== null) return seen;
    // Not null, which would mean that the job run no longer exists.
    const evidence = { emrId, state: run.state };
    throw new AwsFailed('EMR Serverless returned an unknown state. Contact the operators of the portal.', evidence);
  };

  const ourApplications = async (): Promise<readonly string[]> => {
    const ours: string[] = [];
    for await (const { applications = [] } of paginateListApplications({ client }, { states: [...LIVING] })) {
      for (const { id, name = '' } of applications) {
        if (id !== undefined && isApplicationName(name, environment)) ours.push(id);
      }
    }
    return ours;
  };

  return {
    describe,

    async list(phases, createdAfter) {
      const states = statesOf('serverless').filter((state) => phases.includes(phaseOfState('serverless', state)));
      const since = createdAfter === undefined ? {} : { createdAtAfter: new Date(createdAfter) };
      const read = async (): Promise<readonly EmrObservation[]> => {
        const ours: EmrObservation[] = [];
        for (const applicationId of await ourApplications()) {
          const request = { applicationId, states: [...states], ...since };
          for await (const { jobRuns = [] } of paginateListJobRuns({ client }, request)) {
            const seen = jobRuns.map((run) => observationOf(run, run.id));
            ours.push(...seen.filter((one) => one !== null).filter(({ runToken }) => runToken !== null));
          }
        }
        return ours;
      };
      return fromAws('EMR Serverless', read());
    },

    async terminate(emrIds) {
      for (const emrId of emrIds) {
        const ids = { ...jobRunIdOf(emrId), shutdownGracePeriodInSeconds: GRACE_SECONDS };
        try {
          await client.send(new CancelJobRunCommand(ids));
        } catch (error) {
          if (isUnknown(error)) continue;
          // It has ended, or is ending.
          const isRefused = isAwsError(error, 'ValidationException') || isAwsError(error, 'ConflictException');
          const seen = isRefused ? await describe(emrId) : null;
          const phase = seen === null ? null : phaseOfState('serverless', seen.state);
          if (phase === 'ended' || phase === 'ending' || (isRefused && seen === null)) continue;
          await fromAws('EMR Serverless', Promise.reject(error as Error));
        }
      }
    },
  };
};
